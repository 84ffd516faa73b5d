package io.flexir.ops.local.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Whoever is called at night finds what to do. */
class OperationsGuideTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final String GUIDE = "ops/deploy/operations.md";
    private static final Pattern HEADING = Pattern.compile("(?m)^#{2,4} (.+)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    @Test
    void every_alert_names_its_heading_in_the_guide() throws IOException {
        List<String> headings = found(HEADING);

        for (Map.Entry<String, String> alert : Dashboards.runbooks().entrySet()) {
            assertThat(alert.getValue())
                    .isEqualTo(GUIDE + "#" + alert.getKey().toLowerCase(Locale.ROOT));
            assertThat(headings).contains(alert.getKey());
        }
    }

    @Test
    void every_alert_that_the_guide_explains_is_there() throws IOException {
        assertThat(found(HEADING).stream().filter(heading -> heading.startsWith("Flexir")))
                .containsExactlyInAnyOrderElementsOf(Dashboards.runbooks().keySet());
    }

    @Test
    void every_file_that_the_guide_names_is_there() throws IOException {
        for (String link : found(LINK)) {
            assertThat(ROOT.resolve("ops/deploy").resolve(link)).exists();
        }
    }

    private static List<String> found(Pattern pattern) throws IOException {
        return pattern.matcher(Files.readString(ROOT.resolve(GUIDE)))
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}

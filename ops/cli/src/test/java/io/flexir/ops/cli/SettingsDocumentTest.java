package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.scheduler.SchedulerOptions;
import io.flexir.worker.WorkerOptions;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code ops/deploy/settings.md} says of the options is what the options say. */
class SettingsDocumentTest {
    private static final Pattern FROM_ENVIRONMENT =
            Pattern.compile("\\$\\{env:([A-Z0-9_]+)(?::-(.*))?}");
    private static final String DEFAULT = " (default: ${DEFAULT-VALUE})";
    private static final String HEADING =
            "| variable | flag | default | meaning |\n| --- | --- | --- | --- |\n";

    private static String document;

    @BeforeAll
    static void read() throws IOException {
        document = Files.readString(Path.of("..", "deploy", "settings.md"));
    }

    @Test
    void every_option_of_the_scheduler_is_in_it_and_nothing_else() {
        assertThat(section("**Scheduler**")).isEqualTo(table(new SchedulerOptions()));
    }

    @Test
    void every_option_of_the_worker_is_in_it_and_nothing_else() {
        assertThat(section("**Worker**")).isEqualTo(table(new WorkerOptions()));
    }

    private static String section(String name) {
        int start = document.indexOf(HEADING, document.indexOf(name)) + HEADING.length();
        int end = document.indexOf("\n\n", start);
        return document.substring(start, end < 0 ? document.length() : end + 1);
    }

    private static String table(Object options) {
        List<OptionSpec> all = CommandSpec.forAnnotatedObject(options).options();
        return String.join("", all.stream().map(SettingsDocumentTest::row).toList());
    }

    /**
     * By the annotation: the option itself knows the value that this machine's variables give it.
     */
    private static String row(OptionSpec spec) {
        Option option = ((AnnotatedElement) spec.userObject()).getAnnotation(Option.class);
        Matcher variable = FROM_ENVIRONMENT.matcher(option.defaultValue());
        assertThat(variable.matches()).as(spec.longestName()).isTrue();
        String value = variable.group(2) == null ? "" : "`" + variable.group(2) + "`";
        String meaning =
                String.join(" ", option.description()).replace(DEFAULT, "").replace("|", "\\|");
        return "| `%s` | `%s` | %s | %s |\n"
                .formatted(variable.group(1), spec.longestName(), value, meaning);
    }
}

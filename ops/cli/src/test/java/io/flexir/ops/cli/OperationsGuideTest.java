package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A command of the guides that is not one is found here, and not at night. */
class OperationsGuideTest {
    private static final Path DEPLOY = Path.of("..", "deploy");
    private static final Pattern COMMAND =
            Pattern.compile("(?m)^\\$? ?ops/flexir ([^#\\n]+)|`ops/flexir ([^`]+)`");

    @Test
    void every_command_of_the_guides_is_understood() throws IOException {
        List<String> commands =
                Stream.of("operations.md", "scale.md")
                        .flatMap(OperationsGuideTest::commands)
                        .toList();

        assertThat(commands).hasSizeGreaterThan(15);
        for (String command : commands) {
            assertThatCode(() -> Main.commandLine().parseArgs(command.strip().split("\\s+")))
                    .as(command)
                    .doesNotThrowAnyException();
        }
    }

    private static Stream<String> commands(String guide) {
        try {
            return COMMAND.matcher(Files.readString(DEPLOY.resolve(guide)))
                    .results()
                    .map(match -> match.group(1) == null ? match.group(2) : match.group(1))
                    .flatMap(line -> Arrays.stream(line.split(" ; ops/flexir ")))
                    .filter(command -> !command.contains("..."));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

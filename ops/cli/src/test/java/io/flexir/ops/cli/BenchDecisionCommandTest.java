package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.stream.Stream;

/** With iterations that take no time. */
@Timeout(120)
class BenchDecisionCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void prints_one_json_object_and_nothing_else_when_asked() throws IOException {
        int exitCode = decision("--waiting", "1000", "--seconds", "0.05", "--json");

        assertThat(exitCode).as(err.toString()).isZero();
        assertThat(out.toString()).hasLineCount(1);
        JsonNode decisions = new JsonMapper().readTree(out.toString()).path("decisions");
        assertThat(decisions).hasSize(1);
        assertThat(decisions.path(0).path("waiting").asInt()).isEqualTo(1000);
        assertThat(decisions.path(0).path("micros").asDouble()).isPositive();
    }

    @Test
    void an_empty_queue_leaves_nothing_to_decide() {
        assertThat(decision("--waiting", "0")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--waiting");
    }

    private int decision(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(
                Stream.concat(Stream.of("bench", "decision"), Arrays.stream(arguments))
                        .toArray(String[]::new));
    }
}

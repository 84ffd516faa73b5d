package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import picocli.CommandLine;

import java.io.PrintWriter;
import java.io.StringWriter;

class SimulateCommandTest {
    private final StringWriter err = new StringWriter();

    @ParameterizedTest
    @CsvSource({
        "--jobs, 0",
        "--jobs, 1000001",
        "--load, NaN",
        "--worker-hour, Infinity",
        "--worker-hour, -1",
    })
    void what_cannot_be_simulated_is_wrong_usage(String option, String value) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setErr(new PrintWriter(err, true));

        int exitCode = commandLine.execute("simulate", "--trace", "poisson", option, value);

        assertThat(exitCode).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(option);
    }
}

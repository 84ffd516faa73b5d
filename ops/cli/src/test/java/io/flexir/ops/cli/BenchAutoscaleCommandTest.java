package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;

/** A small burst through real worker processes. */
@Timeout(300)
class BenchAutoscaleCommandTest {
    private static final Path OPS = Path.of("..", "..", "ops");
    private static final int JOBS = 30;

    @TempDir private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void a_burst_starts_a_second_worker_and_the_topics_say_that_every_job_ended_once()
            throws IOException {
        int exitCode =
                run(
                        "bench",
                        "autoscale",
                        "--workers=1..2",
                        "--jobs=" + JOBS,
                        "--over=1s",
                        "--drain=1s",
                        "--up=0s",
                        "--down=1s",
                        "--json",
                        "--out=" + directory,
                        "--samples=" + OPS.resolve("samples"),
                        "--bundles=" + OPS.resolve("models"));

        assertThat(exitCode).as(err.toString()).isZero();
        JsonNode totals = new JsonMapper().readTree(out.toString()).path("totals");
        assertThat(totals.path("succeeded").asInt()).isEqualTo(JOBS);
        assertThat(totals.path("withOneOutcome").asInt()).isEqualTo(JOBS);
        assertThat(totals.path("withOneOrder").asInt()).isEqualTo(JOBS);
        assertThat(totals.path("workersStarted").asInt()).isGreaterThanOrEqualTo(2);
        assertThat(totals.path("workersAtLast").asInt()).isEqualTo(1);
        assertThat(directory.resolve("autoscale.png")).isNotEmptyFile();
        assertThat(directory.resolve("report.json")).hasContent(out.toString().strip());
    }

    private int run(String... arguments) {
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments);
    }
}

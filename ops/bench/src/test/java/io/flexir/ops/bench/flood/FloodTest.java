package io.flexir.ops.bench.flood;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** A short flood, into real processes. */
@Timeout(300)
class FloodTest {
    private static final Path MODELS = Path.of("..", "models");
    private static final Path SAMPLES = Path.of("..", "samples");

    /** A heap of 512 MiB, and what a JVM needs beside it. */
    private static final double MOST_MEGABYTES = 900;

    @TempDir private Path logs;

    @Test
    void what_is_acknowledged_is_done_once_and_all_else_is_told_when_to_come_back() {
        FloodPlan plan =
                new FloodPlan(
                        3000,
                        Duration.ofSeconds(5),
                        32,
                        20,
                        100,
                        64,
                        SAMPLES,
                        MODELS,
                        Duration.ofMinutes(3));

        FloodReport report = new Flood(plan, logs, line -> {}).run();

        assertThat(report.wrong()).isEmpty();
        assertThat(report.accepted()).isGreaterThanOrEqualTo(plan.maxWaitingJobs());
        assertThat(report.succeeded()).isEqualTo(report.accepted());
        assertThat(report.lost()).isZero();
        assertThat(report.doubled()).isZero();
        assertThat(report.refused()).containsKeys("rate-limited", "backlog-full");
        assertThat(report.longestRetryAfterSeconds()).isBetween(1, 60);
        assertThat(report.recovered()).isTrue();
        assertThat(report.memory())
                .filteredOn(memory -> !memory.process().contains("clients"))
                .hasSize(2)
                .allSatisfy(memory -> assertThat(memory.peak()).isLessThan(MOST_MEGABYTES));
    }
}

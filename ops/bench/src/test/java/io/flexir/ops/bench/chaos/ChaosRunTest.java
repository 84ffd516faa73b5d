package io.flexir.ops.bench.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.bench.chaos.fleet.ChaosFleet;
import io.flexir.ops.bench.chaos.fleet.FleetPlan;
import io.flexir.ops.bench.chaos.plan.FaultKind;
import io.flexir.ops.local.DataDirectory;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;

/** A real fleet under every kind of fault, for about three minutes. */
@Tag("full")
@Timeout(900)
class ChaosRunTest {
    private static final int JOBS = 100_000;
    private static final Duration SUBMITTING = Duration.ofMinutes(2);
    private static final long SEED = 20_261_126;

    @Test
    void nothing_is_lost_or_doubled_whatever_dies(@TempDir Path logs) {
        ChaosPlan plan =
                new ChaosPlan(
                        JOBS,
                        SUBMITTING,
                        SEED,
                        EnumSet.allOf(FaultKind.class),
                        Duration.ofSeconds(3),
                        Duration.ofMinutes(2));
        ChaosReport report;

        try (DataDirectory data = DataDirectory.temporary();
                ChaosFleet fleet =
                        ChaosFleet.start(
                                new FleetPlan(data.path(), logs, Path.of("..", "models"), 2, 2))) {
            report = new ChaosRun(fleet, plan, progress -> {}).run();
        }

        assertThat(report.findings()).isEmpty();
        assertThat(report.settled()).isTrue();
        assertThat(report.accepted()).isPositive();
        assertThat(report.outcomes()).isEqualTo(report.accepted());
        assertThat(report.faults()).isNotEmpty();
        assertThat(report.faultsFailed()).isEmpty();
        assertThat(report.ends().get("restored")).isGreaterThan(report.accepted() * 95L / 100);
    }
}

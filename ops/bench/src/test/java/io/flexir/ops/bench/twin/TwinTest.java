package io.flexir.ops.bench.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.ops.bench.LoneWorker;
import io.flexir.ops.bench.simulate.Arrivals;
import io.flexir.ops.bench.simulate.NamedPolicy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.SplittableRandom;

/** The simulator beside a real fleet: the same arrivals, what was predicted and what came. */
@Tag("full")
@Timeout(900)
class TwinTest {
    private static final int JOBS = 200;
    private static final double FIVE_POINTS = 0.05;

    @TempDir private Path logs;

    @Test
    void the_fleet_keeps_the_deadlines_that_the_simulator_predicts() {
        TwinPlan plan =
                new TwinPlan(
                        Arrivals.POISSON.generate(JOBS, 1, new SplittableRandom(0)),
                        0.6,
                        160 * 160,
                        LoneWorker.SAMPLES,
                        0);
        try (LoneWorker fleet = new LoneWorker(logs.resolve("stack.log"))) {
            Twin twin = new Twin(fleet.client, fleet.catalog, fleet.bundle, plan);
            twin.warmUp();

            Comparison deepest = twin.compare(NamedPolicy.of("fixed-max"));
            Comparison gain = twin.compare(NamedPolicy.of("gain"));

            assertThat(deepest.observed().attainment()).isBetween(0.4, 0.8);
            assertThat(deepest.observed().attainment())
                    .isCloseTo(deepest.predicted().attainment(), within(FIVE_POINTS));
            assertThat(gain.observed().attainment())
                    .isCloseTo(gain.predicted().attainment(), within(FIVE_POINTS))
                    .isGreaterThan(deepest.observed().attainment());
        }
    }
}

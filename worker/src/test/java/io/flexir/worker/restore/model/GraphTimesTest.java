package io.flexir.worker.restore.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;

class GraphTimesTest {
    private static final int STAGE_ONE = 1;
    private static final long PIXELS = 100;

    private final GraphTimes times = new GraphTimes(manifest());

    @Test
    void a_worker_that_becomes_slow_is_believed_soon() {
        record(20, 1);
        record(20, 10);

        assertThat(stageOne()).isCloseTo(0.1, within(0.02));
    }

    @Test
    void one_run_that_was_held_up_changes_little() {
        record(20, 1);
        record(1, 300);

        assertThat(stageOne()).isLessThan(0.02);
    }

    private void record(int runs, double seconds) {
        for (int i = 0; i < runs; i++) {
            times.record(STAGE_ONE, PIXELS, seconds);
        }
    }

    private double stageOne() {
        return times.pixelSeconds().stages().getFirst();
    }

    private static BundleManifest manifest() {
        Path bundle = Path.of("..", "ops", "models", "denoise-color-25-s");
        return switch (new BundleReader().read(bundle)) {
            case BundleReading.Accepted(Bundle accepted) -> accepted.manifest();
            case BundleReading.Refused(var reason) -> throw new AssertionError(reason);
        };
    }
}

package io.flexir.ops.bench.anytime;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.bench.LoneWorker;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

/** What a real worker believes to have left of a deadline, held against what came. */
@Tag("full")
@Timeout(600)
class AnytimeRunTest {
    private static final int JOBS = 80;

    @TempDir private Path logs;

    @Test
    void jobs_that_end_early_are_in_time_and_use_most_of_it() {
        try (LoneWorker fleet = new LoneWorker(logs.resolve("stack.log"))) {
            List<Ended> ended =
                    new AnytimeRun(fleet.client, fleet.bundle, LoneWorker.SAMPLES).run(JOBS, 0);
            AnytimeReport report = new AnytimeReport(ended);

            assertThat(ended.stream().filter(Ended::cut).count()).isGreaterThan(JOBS / 4);
            assertThat(report.lateShare()).isLessThan(0.05);
            assertThat(report.unusedShare()).isLessThan(0.35);
        }
    }
}

package io.flexir.ops.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.job.JobState;
import io.flexir.ops.local.scale.Headcount;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import javax.imageio.ImageIO;

class BurstReportTest {
    private static final List<Sample> TIMELINE =
            List.of(
                    new Sample(0, 0, 0, 0, 0, 1, 1, 1, 0),
                    new Sample(10, 5, 2, 1, 7, 3, 2, 3, 0),
                    new Sample(20, 0, 0, 0, 0, 1, 1, 1, 0));

    @Test
    void tells_how_far_the_fleet_went_and_what_became_of_the_jobs() {
        BurstReport report =
                report(new Headcount(1, 0, 3, 0), job("a", 6, 4.0, 1), job("b", 2, 2.0, 1));

        assertThat(report.nothingLost()).isTrue();
        assertThat(report.totals().workersAtMost()).isEqualTo(2);
        assertThat(report.totals().meanGranted()).isEqualTo(4);
        assertThat(report.totals().meanUsed()).isEqualTo(3);
        assertThat(BurstTable.lines(report).getLast())
                .startsWith("2 of 2 jobs restored, 2 with exactly one outcome")
                .contains("workers 1 -> 2 -> 1");
        assertThat(report.toJson()).contains("\"withOneOutcome\":2");
    }

    @Test
    void a_second_outcome_is_as_bad_as_none_and_so_is_a_lost_worker() {
        Headcount whole = new Headcount(1, 0, 3, 0);

        assertThat(report(whole, job("a", 6, 6.0, 2)).nothingLost()).isFalse();
        assertThat(report(whole, job("a", 6, 6.0, 0)).nothingLost()).isFalse();
        assertThat(report(new Headcount(1, 0, 4, 1), job("a", 6, 6.0, 1)).nothingLost()).isFalse();
    }

    @Test
    void the_plot_is_a_picture(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("plot.png");

        BurstPlot.write(report(new Headcount(1, 0, 1, 0), job("a", 6, 6.0, 1)), file);

        assertThat(ImageIO.read(file.toFile()).getHeight()).isGreaterThan(500);
    }

    private static BurstReport report(Headcount last, JobRow... jobs) {
        List<JobRow> rows = List.of(jobs);
        return new BurstReport(BurstReport.Totals.of(TIMELINE, rows, last), TIMELINE, rows);
    }

    private static JobRow job(String id, int granted, double used, int outcomes) {
        return new JobRow(
                id, JobState.SUCCEEDED, 0, 1.0, 11.0, granted, used, false, "w", outcomes, 1);
    }
}

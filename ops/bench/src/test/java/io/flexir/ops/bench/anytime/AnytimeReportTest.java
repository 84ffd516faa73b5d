package io.flexir.ops.bench.anytime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;

class AnytimeReportTest {
    private static final double NEAR = 1e-9;

    @Test
    void what_could_not_be_on_time_is_no_result_that_came_late() {
        AnytimeReport report =
                new AnytimeReport(List.of(job(0.1, 0.3, 1), job(0.9, 1.0, 5), job(1.2, 1.1, 6)));

        assertThat(report.lateShare()).isCloseTo(0.5, within(NEAR));
    }

    @Test
    void time_is_unused_where_the_deadline_ended_a_job_early() {
        AnytimeReport report = new AnytimeReport(List.of(job(0.8, 0.6, 3), job(1.5, 1.0, 6)));

        assertThat(report.unusedShare()).isCloseTo(0.25, within(NEAR));
        assertThat(report.tooEarlyShare()).isCloseTo(1, within(NEAR));
    }

    /** The floor takes 0.2 s and a stage 0.16 s. */
    private static Ended job(double allowed, double took, int pointer) {
        return new Ended(allowed, allowed, took, 0.2, 0.16, pointer, 6);
    }
}

package io.flexir.ops.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.ops.local.client.Job;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;

class ProgressBarTest {

    private final JobBoard board = new JobBoard();
    private final StringWriter out = new StringWriter();

    @Test
    void counts_the_regions_of_running_jobs() {
        board.expect(2);
        board.changed("city", job(JobState.FAILED, null));
        board.changed(
                "dog", job(JobState.RUNNING, new Job.Progress("w1", Phase.RESTORING, 1, 5, 10)));

        String line = ProgressBar.line(board.snapshot(), 1.25);

        assertThat(line)
                .isEqualTo(
                        "[########################--------]  75%  1 of 2 done, 1 running, 1.3 s");
    }

    @Test
    void counts_the_stages_of_the_only_region() {
        board.expect(1);
        board.changed(
                "dog", job(JobState.RUNNING, new Job.Progress("w1", Phase.RESTORING, 4, 0, 1)));

        assertThat(board.snapshot().fraction()).isEqualTo(0.5);
    }

    @Test
    void is_empty_before_the_first_job() {
        assertThat(ProgressBar.line(board.snapshot(), 0))
                .startsWith("[" + "-".repeat(32) + "]   0%");
    }

    @Test
    void writes_no_control_characters_where_there_is_no_terminal() {
        board.expect(1);

        try (ProgressBar bar = ProgressBar.show(board, new PrintWriter(out, true), false)) {
            assertThat(bar).isNotNull();
            board.changed("city", job(JobState.SUCCEEDED, null));
        }

        assertThat(out.toString()).contains("1 of 1 done").doesNotContain("\r", "\u001b");
    }

    @Test
    void draws_one_line_anew_on_a_terminal() {
        board.expect(1);

        try (ProgressBar bar = ProgressBar.show(board, new PrintWriter(out, true), true)) {
            assertThat(bar).isNotNull();
        }

        assertThat(out.toString())
                .startsWith("\r\u001b[2K[")
                .endsWith(" s" + System.lineSeparator());
    }

    private static Job job(JobState state, Job.@Nullable Progress progress) {
        return new Job(
                "j1",
                state,
                "denoise",
                new Depth.Automatic(),
                new PointerBudget(6, 6),
                1,
                Instant.EPOCH,
                null,
                null,
                null,
                false,
                false,
                progress,
                null,
                null,
                null,
                null,
                null);
    }
}

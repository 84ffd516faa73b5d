package io.flexir.ops.cli;

import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.demo.JobBoard;
import io.flexir.ops.local.demo.ProgressBar;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.util.List;

/** Follows jobs to their ends, with a bar on a terminal while somebody looks. */
final class Following implements AutoCloseable {
    private final JobBoard board = new JobBoard();
    private final FleetClient fleet;
    private final @Nullable ProgressBar bar;

    /**
     * @param err where the bar is drawn: what is printed of jobs may go elsewhere
     * @param quiet whether nothing is drawn although it is a terminal
     */
    Following(FleetClient fleet, List<String> jobs, PrintWriter err, boolean quiet) {
        this.fleet = fleet;
        board.expect(jobs.size());
        this.bar = quiet || !Terminal.isInteractive() ? null : ProgressBar.show(board, err, true);
    }

    /** Returns it as it ended, each region included. */
    Job toItsEnd(String job) {
        Job ended = fleet.follow(job, now -> board.changed(job, now));
        board.changed(job, ended);
        return ended;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}

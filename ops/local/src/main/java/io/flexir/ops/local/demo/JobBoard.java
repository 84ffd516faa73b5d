package io.flexir.ops.local.demo;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.ops.local.client.Job;

import java.util.LinkedHashMap;
import java.util.Map;

/** How a set of jobs stands, for a progress bar. Thread-safe. */
public final class JobBoard {

    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private int expected;

    /** How many jobs there will be. */
    public synchronized void expect(int count) {
        expected = count;
    }

    /** How a job stands now. */
    public synchronized void changed(String name, Job job) {
        jobs.put(name, job);
    }

    /** How everything stands now. */
    public synchronized Snapshot snapshot() {
        int ended = (int) jobs.values().stream().filter(job -> job.state().isFinal()).count();
        int running = (int) jobs.values().stream().filter(job -> job.progress() != null).count();
        double done = jobs.values().stream().mapToDouble(JobBoard::fraction).sum();
        return new Snapshot(expected, ended, running, expected == 0 ? 0 : done / expected);
    }

    private static double fraction(Job job) {
        if (job.state().isFinal()) {
            return 1;
        }
        Job.Progress progress = job.progress();
        return progress == null || progress.regions() == 0
                ? 0
                : Math.min(
                        1, (progress.regionsDone() + current(job, progress)) / progress.regions());
    }

    /** How far the current region is, 0..1, by its stages: a small image has one region only. */
    private static double current(Job job, Job.Progress progress) {
        PointerBudget budget = job.budget();
        return budget == null ? 0 : (double) Math.max(0, progress.stage() - 1) / budget.target();
    }

    /**
     * All jobs at one moment.
     *
     * @param fraction of all work, 0..1, counting regions
     */
    public record Snapshot(int expected, int ended, int running, double fraction) {}
}

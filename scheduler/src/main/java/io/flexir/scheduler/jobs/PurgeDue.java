package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Jobs of one task that are to be gone and have ended, or are not known here. A job that ends while
 * it is to be gone is found as it ends, one that had ended as it is asked for, and either when the
 * task starts. One thread.
 */
final class PurgeDue implements LedgerView {
    private final Purges purges;
    private final Predicate<JobId> own;
    private final Set<JobId> due = new LinkedHashSet<>();
    private long lastNews;

    /**
     * @param own whether a job is this task's by its id
     */
    PurgeDue(Purges purges, Predicate<JobId> own) {
        this.purges = purges;
        this.own = own;
    }

    @Override
    public void entered(JobId id, Job state) {
        if (state instanceof Job.Settled && purges.names(id)) {
            due.add(id);
        }
    }

    @Override
    public void left(JobId id, Job state) {
        // A settled job leaves the ledger alone: it is forgotten.
    }

    /** Takes those that are due. */
    Set<JobId> take(Ledger ledger) {
        for (Map.Entry<Long, JobId> news : purges.since(lastNews).entrySet()) {
            lastNews = news.getKey();
            if (own.test(news.getValue())) {
                due.add(news.getValue());
            }
        }
        // One that is still open is found again when it ends.
        due.removeIf(id -> ledger.find(id) instanceof Job.Open);
        Set<JobId> taken = Set.copyOf(due);
        due.clear();
        return taken;
    }
}

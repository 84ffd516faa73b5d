package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;
import io.flexir.scheduler.dispatch.CreditBook;
import io.flexir.scheduler.dispatch.WaitingIndex;
import io.flexir.scheduler.load.Backlog;

/** Keeps a task's queue, its backlog and its orders out in step with its ledger. One thread. */
final class Waiting implements LedgerView {
    private final String task;
    private final WaitingIndex index = new WaitingIndex();
    private final Backlog backlog;
    private final CreditBook credit;

    Waiting(String task, Backlog backlog, CreditBook credit) {
        this.task = task;
        this.backlog = backlog;
        this.credit = credit;
    }

    WaitingIndex index() {
        return index;
    }

    @Override
    public void entered(JobId id, Job state) {
        switch (state) {
            case Job.Queued queued -> {
                index.add(queued.request());
                backlog.add(queued.request());
                stateBest();
            }
            case Job.Scheduled scheduled -> credit.taken(task, scheduled.pool());
            case Job.Settled ignored -> {}
        }
    }

    @Override
    public void left(JobId id, Job state) {
        switch (state) {
            case Job.Queued queued -> {
                index.remove(queued.request());
                backlog.remove(queued.request());
                stateBest();
            }
            case Job.Scheduled scheduled -> credit.givenBack(task, scheduled.pool());
            case Job.Settled ignored -> {}
        }
    }

    private void stateBest() {
        credit.best(task, index.best().orElse(null));
    }
}

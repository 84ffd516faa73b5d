package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;

/**
 * Something in memory that follows from the ledger. It is told of every state that a job enters and
 * leaves, also of those that are found when a task starts: so there is one way to build it.
 */
interface LedgerView {
    void entered(JobId id, Job state);

    void left(JobId id, Job state);
}

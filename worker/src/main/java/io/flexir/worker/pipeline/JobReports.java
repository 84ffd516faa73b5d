package io.flexir.worker.pipeline;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** Puts the end of an order into the words of the contract. */
final class JobReports {
    private final String workerId;
    private final Clock clock;

    JobReports(String workerId, Clock clock) {
        this.workerId = workerId;
        this.clock = clock;
    }

    /** What is said of the order; nothing when it is handed back. */
    Optional<WorkerReport> of(WorkOrder order, JobEnd end) {
        JobId job = order.jobId();
        int attempt = order.attempt();
        Instant now = clock.instant();
        return switch (end) {
            case JobEnd.Restored(Receipt receipt) ->
                    Optional.of(new WorkerReport.Restored(job, attempt, workerId, now, receipt));
            case JobEnd.Rejected(Rejection rejection) ->
                    Optional.of(new WorkerReport.Rejected(job, attempt, workerId, now, rejection));
            case JobEnd.Failed(Failure failure) ->
                    Optional.of(new WorkerReport.Failed(job, attempt, workerId, now, failure));
            case JobEnd.Cancelled() ->
                    Optional.of(new WorkerReport.Cancelled(job, attempt, workerId, now));
            case JobEnd.HandedBack() -> Optional.empty();
        };
    }
}

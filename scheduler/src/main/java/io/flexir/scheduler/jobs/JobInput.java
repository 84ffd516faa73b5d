package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.WorkerReport;

/** What the topology takes in, once it could be read. */
sealed interface JobInput {
    /** Somebody asks for a job. */
    record Requested(RestorationRequest request) implements JobInput {}

    /** A worker says how an order ended. */
    record Reported(WorkerReport report) implements JobInput {}
}

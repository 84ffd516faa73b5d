package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.JobId;

import java.time.Instant;

/**
 * What a worker says of one order, at least once. The scheduler's ledger decides which report
 * counts.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = WorkerReport.Restored.class, name = "restored"),
    @JsonSubTypes.Type(value = WorkerReport.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = WorkerReport.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = WorkerReport.Cancelled.class, name = "cancelled")
})
public sealed interface WorkerReport {
    JobId jobId();

    /** Attempt of the order it answers. */
    int attempt();

    String workerId();

    /** When the worker was done. */
    Instant at();

    /** The result and its receipt are stored. */
    record Restored(JobId jobId, int attempt, String workerId, Instant at, Receipt receipt)
            implements WorkerReport {
        public Restored {
            checkCommon(jobId, attempt, workerId, at);
            Require.present("receipt", receipt);
        }
    }

    /** The job cannot succeed as asked. */
    record Rejected(JobId jobId, int attempt, String workerId, Instant at, Rejection rejection)
            implements WorkerReport {
        public Rejected {
            checkCommon(jobId, attempt, workerId, at);
            Require.present("rejection", rejection);
        }
    }

    /** The job did not succeed. */
    record Failed(JobId jobId, int attempt, String workerId, Instant at, Failure failure)
            implements WorkerReport {
        public Failed {
            checkCommon(jobId, attempt, workerId, at);
            Require.present("failure", failure);
        }
    }

    /** The job was cancelled before it was done. */
    record Cancelled(JobId jobId, int attempt, String workerId, Instant at)
            implements WorkerReport {
        public Cancelled {
            checkCommon(jobId, attempt, workerId, at);
        }
    }

    private static void checkCommon(JobId jobId, int attempt, String workerId, Instant at) {
        Require.present("jobId", jobId);
        Require.between("attempt", attempt, 1, 1000);
        Require.name("workerId", workerId, 128);
        Require.present("at", at);
    }
}

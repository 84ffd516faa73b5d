package io.flexir.contracts.job;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.Rejection;

import java.time.Instant;

/** How a job ended: exactly one per accepted job, in the topic {@code outcomes}. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Outcome.Restored.class, name = "restored"),
    @JsonSubTypes.Type(value = Outcome.Rejected.class, name = "rejected"),
    @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
    @JsonSubTypes.Type(value = Outcome.Cancelled.class, name = "cancelled")
})
public sealed interface Outcome {
    JobId jobId();

    TenantId tenant();

    /** When the scheduler settled it. */
    Instant finishedAt();

    /**
     * The image was restored.
     *
     * @param degraded some region ended shallower than the job asked for, because of load or
     *     deadline
     * @param late it was settled after the job's deadline
     */
    record Restored(
            JobId jobId,
            TenantId tenant,
            Instant finishedAt,
            Receipt receipt,
            boolean degraded,
            boolean late)
            implements Outcome {
        public Restored {
            checkCommon(jobId, tenant, finishedAt);
            Require.present("receipt", receipt);
        }
    }

    /** The job could not succeed as asked. */
    record Rejected(JobId jobId, TenantId tenant, Instant finishedAt, Rejection rejection)
            implements Outcome {
        public Rejected {
            checkCommon(jobId, tenant, finishedAt);
            Require.present("rejection", rejection);
        }
    }

    /** The job did not succeed. */
    record Failed(JobId jobId, TenantId tenant, Instant finishedAt, Failure failure)
            implements Outcome {
        public Failed {
            checkCommon(jobId, tenant, finishedAt);
            Require.present("failure", failure);
        }
    }

    /** The client took it back. */
    record Cancelled(JobId jobId, TenantId tenant, Instant finishedAt) implements Outcome {
        public Cancelled {
            checkCommon(jobId, tenant, finishedAt);
        }
    }

    /** The final state that this outcome puts its job in. */
    default JobState state() {
        return switch (this) {
            case Restored ignored -> JobState.SUCCEEDED;
            case Rejected ignored -> JobState.REJECTED;
            case Failed ignored -> JobState.FAILED;
            case Cancelled ignored -> JobState.CANCELLED;
        };
    }

    private static void checkCommon(JobId jobId, TenantId tenant, Instant finishedAt) {
        Require.present("jobId", jobId);
        Require.present("tenant", tenant);
        Require.present("finishedAt", finishedAt);
    }
}

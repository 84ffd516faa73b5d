package io.flexir.scheduler.api.view;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;

import org.jspecify.annotations.Nullable;

/**
 * A job as it stands: what the ledger says, and how far its worker is.
 *
 * @param view what the ledger says, or what was submitted where {@code confirmed} is false
 * @param confirmed whether the ledger has said it; until then the job is known from its own
 *     submission
 * @param progress none unless a worker holds the latest order
 * @param retriedAs the job that does this one over, if there is one
 */
public record JobSnapshot(
        JobView view, boolean confirmed, @Nullable Progress progress, @Nullable JobId retriedAs) {
    /** One that no other does over. */
    public JobSnapshot(JobView view, boolean confirmed, @Nullable Progress progress) {
        this(view, confirmed, progress, null);
    }

    /** A job that nothing but its own submission is known of. */
    public static JobSnapshot submitted(RestorationRequest request) {
        JobView view =
                new JobView(request, JobState.QUEUED, 0, null, null, null, request.submittedAt());
        return new JobSnapshot(view, false, null);
    }

    public JobId id() {
        return view.request().jobId();
    }

    public TenantId tenant() {
        return view.request().tenant();
    }

    /** The state that clients see: running once a worker's heartbeat names the order. */
    public JobState state() {
        boolean held = progress != null && view.state() == JobState.SCHEDULED;
        return held ? JobState.RUNNING : view.state();
    }
}

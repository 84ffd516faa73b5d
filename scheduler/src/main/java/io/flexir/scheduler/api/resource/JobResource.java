package io.flexir.scheduler.api.resource;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.api.view.JobSnapshot;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** A job as the API shows it ({@code Job} in the API description). */
public record JobResource(
        String id,
        JobState state,
        String model,
        Depth depth,
        PriorityClass priority,
        int floor,
        @Nullable Integer target,
        OnMiss onMiss,
        OutputFormat output,
        ObjectReference input,
        @Nullable ImageSize imageSize,
        @Nullable PointerBudget budget,
        @Nullable TrialResource trial,
        int attempt,
        Instant createdAt,
        @Nullable Instant scheduledAt,
        @Nullable Instant finishedAt,
        Instant updatedAt,
        @Nullable Instant deadline,
        boolean degraded,
        boolean late,
        @Nullable ProgressResource progress,
        @Nullable ReceiptResource receipt,
        @Nullable JobProblem problem,
        @Nullable String retryOf,
        @Nullable String retriedAs,
        @Nullable String webhook,
        @Nullable BatchId batch,
        @Nullable String traceId,
        JobLinks links) {
    /** Everything, each region of the receipt included. */
    public static JobResource whole(JobSnapshot job) {
        return of(job, true);
    }

    /** Without the receipt's regions, of which a large image has thousands. */
    public static JobResource brief(JobSnapshot job) {
        return of(job, false);
    }

    private static @Nullable String textOf(@Nullable JobId id) {
        return id == null ? null : id.value();
    }

    private static JobResource of(JobSnapshot job, boolean withRegions) {
        JobView view = job.view();
        RestorationRequest request = view.request();
        Outcome outcome = view.outcome();
        Outcome.Restored restored =
                outcome instanceof Outcome.Restored succeeded ? succeeded : null;
        return new JobResource(
                job.id().value(),
                job.state(),
                request.model(),
                request.depth(),
                request.terms().priority(),
                request.terms().floor(),
                request.terms().target(),
                request.terms().onMiss(),
                request.output(),
                request.input(),
                request.imageSize(),
                view.budget(),
                TrialResource.of(view.trial()),
                view.attempt(),
                request.submittedAt(),
                view.scheduledAt(),
                outcome == null ? null : outcome.finishedAt(),
                view.updatedAt(),
                request.terms().deadline(),
                restored != null && restored.degraded(),
                restored != null && restored.late(),
                job.progress() == null ? null : ProgressResource.of(job.progress()),
                restored == null ? null : ReceiptResource.of(restored.receipt(), withRegions),
                JobProblem.of(outcome),
                textOf(request.retryOf()),
                textOf(job.retriedAs()),
                request.webhook(),
                request.batch(),
                request.traceparent() == null ? null : request.traceparent().traceId(),
                JobLinks.of(job.id(), job.state()));
    }
}

package io.flexir.scheduler.api.resource;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.flexir.contracts.request.BatchId;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.submit.SubmittedBatch;
import io.flexir.scheduler.api.view.JobSnapshot;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What came of a submission of many images ({@code SubmittedBatch} in the API description).
 *
 * @param complete whether there is a job, or a refusal, for every object that was asked for
 * @param problem why it is not complete
 * @param nextStartAfter where another batch goes on
 */
public record SubmittedBatchResource(
        BatchId id,
        boolean complete,
        List<MadeJob> jobs,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<RefusedObject> refused,
        @Nullable Why problem,
        @Nullable String nextStartAfter,
        BatchLinks links) {
    /** One job, and the object that it is of. */
    public record MadeJob(String id, String key) {
        static MadeJob of(JobSnapshot job) {
            return new MadeJob(job.id().value(), job.view().request().input().key());
        }
    }

    /** An object of which no job can be made. */
    public record RefusedObject(String key, Why problem) {}

    /** A problem's kind and words. */
    public record Why(String type, String title, String detail) {
        static Why of(Problem problem) {
            return new Why(problem.kind().type(), problem.kind().title(), problem.detail());
        }
    }

    public static SubmittedBatchResource of(SubmittedBatch batch) {
        Problem problem = batch.problem();
        return new SubmittedBatchResource(
                batch.id(),
                problem == null,
                batch.jobs().stream().map(MadeJob::of).toList(),
                batch.refused().stream()
                        .map(no -> new RefusedObject(no.key(), Why.of(no.problem())))
                        .toList(),
                problem == null ? null : Why.of(problem),
                batch.next(),
                BatchLinks.of(batch.id()));
    }
}

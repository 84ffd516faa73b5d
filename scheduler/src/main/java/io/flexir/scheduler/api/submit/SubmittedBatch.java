package io.flexir.scheduler.api.submit;

import io.flexir.contracts.request.BatchId;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.view.JobSnapshot;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What came of a submission of many images.
 *
 * @param jobs by their objects' keys
 * @param refused objects of which no job can be made, by key
 * @param problem why there is no job of the objects after these, if so: the same submission goes on
 *     when it is repeated later
 * @param next the last key that was looked at, if there are objects after it that are not of this
 *     batch
 * @param repeated whether earlier submissions had made all of it
 */
public record SubmittedBatch(
        BatchId id,
        List<JobSnapshot> jobs,
        List<Refused> refused,
        @Nullable Problem problem,
        @Nullable String next,
        boolean repeated) {
    public SubmittedBatch {
        jobs = List.copyOf(jobs);
        refused = List.copyOf(refused);
    }

    /** An object, and why there is no job of it. */
    public record Refused(String key, Problem problem) {}
}

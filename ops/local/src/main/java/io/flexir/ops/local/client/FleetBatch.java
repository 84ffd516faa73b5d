package io.flexir.ops.local.client;

import io.flexir.contracts.job.JobState;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * How a batch stands.
 *
 * @param states how many of its jobs are in each
 * @param ended whether all have
 */
public record FleetBatch(
        String id, Instant createdAt, int total, Map<JobState, Integer> states, boolean ended) {
    public FleetBatch {
        states = Map.copyOf(states);
    }

    /**
     * What came of its submission.
     *
     * @param complete whether there is a job, or a refusal, for every object that was asked for
     * @param problem why it is not complete
     * @param nextStartAfter where another batch goes on, if there are more objects
     */
    public record Submitted(
            String id,
            boolean complete,
            List<MadeJob> jobs,
            List<RefusedObject> refused,
            @Nullable Why problem,
            @Nullable String nextStartAfter) {
        @SuppressWarnings({"ConstantValue", "NullAway"})
        public Submitted {
            jobs = List.copyOf(jobs);
            refused = refused == null ? List.of() : List.copyOf(refused);
        }
    }

    /** One job, and the object that it is of. */
    public record MadeJob(String id, String key) {}

    /** An object of which no job can be made. */
    public record RefusedObject(String key, Why problem) {}

    /** A problem's kind and words. */
    public record Why(String type, String title, String detail) {}
}

package io.flexir.scheduler.api.resource;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.BatchId;
import io.flexir.scheduler.api.view.JobSnapshot;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How a batch stands ({@code Batch} in the API description).
 *
 * @param createdAt when its first job was submitted
 * @param total its jobs
 * @param states how many of them are in each state; those that none is in too
 * @param ended whether all of them have
 */
public record BatchResource(
        BatchId id,
        Instant createdAt,
        int total,
        Map<JobState, Integer> states,
        boolean ended,
        BatchLinks links) {
    /**
     * @param jobs one at least
     */
    public static BatchResource of(BatchId id, List<JobSnapshot> jobs) {
        Map<JobState, Integer> states = new EnumMap<>(JobState.class);
        for (JobState state : JobState.values()) {
            states.put(state, 0);
        }
        jobs.forEach(job -> states.merge(job.state(), 1, Integer::sum));
        return new BatchResource(
                id,
                jobs.stream()
                        .map(job -> job.view().request().submittedAt())
                        .min(Instant::compareTo)
                        .orElseThrow(),
                jobs.size(),
                states,
                jobs.stream().allMatch(job -> job.state().isFinal()),
                BatchLinks.of(id));
    }
}

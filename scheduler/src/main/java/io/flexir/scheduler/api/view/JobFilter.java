package io.flexir.scheduler.api.view;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.BatchId;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Which jobs a list shows.
 *
 * @param states in one of these; empty for all
 * @param model for this model; null for all
 * @param batch of this batch; null for all
 */
public record JobFilter(Set<JobState> states, @Nullable String model, @Nullable BatchId batch) {
    public JobFilter {
        states = Set.copyOf(states);
    }

    boolean accepts(JobSnapshot job) {
        return (states.isEmpty() || states.contains(job.state()))
                && (model == null || model.equals(job.view().request().model()))
                && (batch == null || batch.equals(job.view().request().batch()));
    }
}

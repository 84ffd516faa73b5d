package io.flexir.scheduler.api.view;

import io.flexir.contracts.job.JobState;

import org.jspecify.annotations.Nullable;

import java.util.Set;

/**
 * Which jobs a list shows.
 *
 * @param states in one of these; empty for all
 * @param model for this model; null for all
 */
public record JobFilter(Set<JobState> states, @Nullable String model) {
    public JobFilter {
        states = Set.copyOf(states);
    }

    boolean accepts(JobSnapshot job) {
        return (states.isEmpty() || states.contains(job.state()))
                && (model == null || model.equals(job.view().request().model()));
    }
}

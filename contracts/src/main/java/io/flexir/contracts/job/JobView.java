package io.flexir.contracts.job;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.PointerBudget;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The public view of one job, in the compacted topic {@code jobs}.
 *
 * @param request what was asked, with its input pinned
 * @param state queued, scheduled or a final state; {@code running} is added by readers from
 *     heartbeats
 * @param attempt number of the latest work order, 0 before the first
 * @param budget the latest grant, none while queued; where the model is chosen by the worker, that
 *     of the dearest it may choose
 * @param scheduledAt when the latest work order was sent
 * @param outcome how it ended; present exactly in final states
 * @param trial the part that the job has in an experiment, if any, once its order is out
 * @param updatedAt when this view was written
 */
public record JobView(
        RestorationRequest request,
        JobState state,
        int attempt,
        @Nullable PointerBudget budget,
        @Nullable Instant scheduledAt,
        @Nullable Outcome outcome,
        @Nullable Trial trial,
        Instant updatedAt) {
    /** A job without a part in an experiment. */
    public JobView(
            RestorationRequest request,
            JobState state,
            int attempt,
            @Nullable PointerBudget budget,
            @Nullable Instant scheduledAt,
            @Nullable Outcome outcome,
            Instant updatedAt) {
        this(request, state, attempt, budget, scheduledAt, outcome, null, updatedAt);
    }

    public JobView {
        Require.present("request", request);
        Require.present("state", state);
        Require.between("attempt", attempt, 0, 1000);
        Require.present("updatedAt", updatedAt);
        Require.that(
                state.isFinal() == (outcome != null),
                "outcome",
                "must be there exactly in final states");
    }
}

package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;

import java.time.Instant;
import java.util.List;

/**
 * One job, granted: what a pool's share group hands to one worker.
 *
 * @param request the whole request, input pinned
 * @param models the models it may be done with, the dearest first: one where the request names it,
 *     else all that the worker chooses from
 * @param inference regular or adaptive
 * @param policyVersion which policy decided the budget
 * @param attempt 1 for the first order of a job
 * @param pool the set of like workers it is for, such as {@code cpu}
 * @param orderedAt when it was sent
 */
public record WorkOrder(
        RestorationRequest request,
        List<GrantedModel> models,
        Inference inference,
        String policyVersion,
        int attempt,
        String pool,
        Instant orderedAt) {
    /** A job that nobody takes is not ordered more often. */
    public static final int MAX_ATTEMPT = 1000;

    private static final int MAX_MODELS = 1000;

    public WorkOrder {
        Require.present("request", request);
        models = Require.list("models", models, MAX_MODELS);
        Require.that(!models.isEmpty(), "models", "must not be empty");
        Require.that(
                request.choosesModel() || models.size() == 1,
                "models",
                "must be one where the request names it");
        Require.present("inference", inference);
        Require.text("policyVersion", policyVersion, 128);
        Require.between("attempt", attempt, 1, MAX_ATTEMPT);
        Require.name("pool", pool, 32);
        Require.present("orderedAt", orderedAt);
    }

    public JobId jobId() {
        return request.jobId();
    }

    /** What the job costs at most: the budget of the dearest model. */
    @JsonIgnore
    public PointerBudget budget() {
        return models.getFirst().budget();
    }
}

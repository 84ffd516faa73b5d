package io.flexir.contracts.work;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;

import java.time.Instant;

/**
 * One job, granted: what a pool's share group hands to one worker.
 *
 * @param request the whole request, input pinned
 * @param budget pointers the worker may end between
 * @param inference regular or adaptive
 * @param modelDigest SHA-256 of the bundle's manifest: the worker loads exactly this one
 * @param policyVersion which policy decided the budget
 * @param attempt 1 for the first order of a job
 * @param pool the set of like workers it is for, such as {@code cpu}
 * @param orderedAt when it was sent
 */
public record WorkOrder(
        RestorationRequest request,
        PointerBudget budget,
        Inference inference,
        String modelDigest,
        String policyVersion,
        int attempt,
        String pool,
        Instant orderedAt) {
    public WorkOrder {
        Require.present("request", request);
        Require.present("budget", budget);
        Require.present("inference", inference);
        Require.sha256("modelDigest", modelDigest);
        Require.text("policyVersion", policyVersion, 128);
        Require.between("attempt", attempt, 1, 1000);
        Require.name("pool", pool, 32);
        Require.present("orderedAt", orderedAt);
    }

    public JobId jobId() {
        return request.jobId();
    }
}

package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.keeping.JobPurge;
import io.flexir.scheduler.api.keeping.Keeper;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.resource.TenantPurgeResource;
import io.vertx.ext.web.RoutingContext;

import java.util.Objects;

/** {@code purgeTenant} and {@code getTenantPurge}. */
public final class TenantPurges {
    private final JobPurge purge;
    private final Keeper keeper;
    private final BlockingCalls calls;
    private final Answers answers;

    public TenantPurges(JobPurge purge, Keeper keeper, BlockingCalls calls, Answers answers) {
        this.purge = purge;
        this.keeper = keeper;
        this.calls = calls;
        this.answers = answers;
    }

    public void purge(RoutingContext context) {
        TenantId tenant = tenant(context);
        calls.run(() -> TenantPurgeResource.of(keeper.taken(purge.purge(tenant))))
                .onSuccess(asked -> answers.send(context, 202, asked))
                .onFailure(context::fail);
    }

    public void get(RoutingContext context) {
        TenantId tenant = tenant(context);
        // Walks the whole view: not on an event loop.
        calls.run(
                        () ->
                                keeper.purgeOf(tenant)
                                        .map(TenantPurgeResource::of)
                                        .orElseThrow(() -> unknown(tenant)))
                .onSuccess(state -> answers.send(context, 200, state))
                .onFailure(context::fail);
    }

    private static RefusedException unknown(TenantId tenant) {
        return new RefusedException(
                Problem.of(
                        ProblemKind.UNKNOWN_PURGE,
                        "No purge of tenant " + tenant + " was asked for lately."));
    }

    /** Only where the contract has checked the path. */
    private static TenantId tenant(RoutingContext context) {
        return new TenantId(
                Objects.requireNonNull(context.pathParam("tenant"), "the path names a tenant"));
    }
}

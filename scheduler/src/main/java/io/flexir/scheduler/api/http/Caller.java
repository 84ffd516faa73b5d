package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.Principal;
import io.vertx.ext.web.RoutingContext;

import java.util.Objects;

/** Who asks, and for what. */
public final class Caller {
    private static final String CALLER = "flexir.caller";

    private Caller() {}

    static void set(RoutingContext context, Principal caller) {
        context.put(CALLER, caller);
    }

    static TenantId tenant(RoutingContext context) {
        return principal(context).tenant();
    }

    static Principal principal(RoutingContext context) {
        return Objects.requireNonNull(context.get(CALLER), "every request is identified first");
    }

    /** Only where the contract has checked the path. */
    static JobId jobId(RoutingContext context) {
        return new JobId(
                Objects.requireNonNull(context.pathParam("jobId"), "the path names a job"));
    }
}

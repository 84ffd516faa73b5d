package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.vertx.ext.web.RoutingContext;

import java.util.Objects;

/** Who asks, and for what. */
public final class Caller {
    private static final String TENANT = "flexir.tenant";

    private Caller() {}

    static void set(RoutingContext context, TenantId tenant) {
        context.put(TENANT, tenant);
    }

    static TenantId tenant(RoutingContext context) {
        return Objects.requireNonNull(context.get(TENANT), "every request is identified first");
    }

    /** Only where the contract has checked the path. */
    static JobId jobId(RoutingContext context) {
        return new JobId(
                Objects.requireNonNull(context.pathParam("jobId"), "the path names a job"));
    }
}

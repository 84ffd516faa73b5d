package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.TenantResolver;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;

import java.util.Objects;

/** Who asks, and for what. */
public final class Caller {
    private static final String TENANT = "flexir.tenant";

    private Caller() {}

    /** Finds out who asks before the body is read. */
    public static SecurityPolicyHandler identify(TenantResolver tenants) {
        return context -> {
            var tenant = tenants.resolve(context.request().getHeader("Authorization"));
            if (tenant.isPresent()) {
                context.put(TENANT, tenant.get());
                context.next();
            } else {
                context.fail(
                        new RefusedException(
                                Problem.of(
                                        ProblemKind.UNAUTHORIZED,
                                        "Send the key as: Authorization: Bearer <key>")));
            }
        };
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

package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.Callers;
import io.flexir.scheduler.access.Principal;
import io.flexir.scheduler.access.RateLimits;
import io.flexir.scheduler.access.Scope;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds out who asks, and whether they may, before the body is read. What each operation asks of a
 * key stands in the contract.
 */
public final class Access implements SecurityPolicyHandler {
    private static final String SCHEME = "apiKey";

    private final Callers callers;
    private final RateLimits rates;
    private final SchedulerMetrics metrics;
    private final Map<String, Scope> needed;

    /**
     * @throws IllegalStateException when an operation of the contract does not ask for exactly one
     *     scope
     */
    public Access(
            Callers callers, RateLimits rates, OpenAPIContract contract, SchedulerMetrics metrics) {
        this.callers = callers;
        this.rates = rates;
        this.metrics = metrics;
        this.needed =
                contract.operations().stream()
                        .collect(Collectors.toMap(Operation::getOperationId, Access::scopeOf));
    }

    @Override
    public void handle(RoutingContext context) {
        Optional<Principal> caller = callers.identify(context.request().getHeader("Authorization"));
        if (caller.isEmpty()) {
            fail(context, ProblemKind.UNAUTHORIZED, "Send a key as: Authorization: Bearer <key>");
            return;
        }
        TenantId tenant = caller.get().tenant();
        Optional<Duration> excess = rates.excess(tenant);
        if (excess.isPresent()) {
            metrics.refused(SchedulerMetrics.Bound.RATE);
            context.fail(new RefusedException(tooOften(tenant, excess.get())));
            return;
        }
        Scope scope = needed.get(RequestObserver.operation(context));
        if (scope != null && !caller.get().may(scope)) {
            refuse(context, scope);
            return;
        }
        Caller.set(context, caller.get());
        context.next();
    }

    /**
     * Asks once more where it is certain which operation answers: routes match more spellings of a
     * path than the contract finds.
     */
    Handler<RoutingContext> guard(String operationId) {
        Scope scope = Objects.requireNonNull(needed.get(operationId), operationId);
        return context -> {
            if (Caller.principal(context).may(scope)) {
                context.next();
            } else {
                refuse(context, scope);
            }
        };
    }

    private static void refuse(RoutingContext context, Scope scope) {
        fail(
                context,
                ProblemKind.FORBIDDEN,
                "This needs a key with the scope " + scope.word() + ".");
    }

    private static void fail(RoutingContext context, ProblemKind kind, String detail) {
        context.fail(new RefusedException(Problem.of(kind, detail)));
    }

    /** Rounded up: a client that waits so long is let in. */
    private static Problem tooOften(TenantId tenant, Duration wait) {
        return Problem.later(
                ProblemKind.RATE_LIMITED,
                "Tenant " + tenant + " sends more requests than it may.",
                wait.plusMillis(999).truncatedTo(ChronoUnit.SECONDS));
    }

    private static Scope scopeOf(Operation operation) {
        var scopes =
                operation.getSecurityRequirements().stream()
                        .flatMap(requirement -> requirement.getScopes(SCHEME).stream())
                        .toList();
        if (scopes.size() != 1) {
            throw new IllegalStateException(
                    "openapi.yaml must name one scope for " + operation.getOperationId());
        }
        return Scope.of(scopes.getFirst());
    }
}

package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.Principal;
import io.flexir.scheduler.access.Scope;
import io.flexir.scheduler.api.costs.Costs;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.resource.CostsResource;
import io.flexir.scheduler.costs.CostReport;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;

/** {@code getCosts}. */
public final class CostReads {
    private static final Duration USUAL = Duration.ofDays(1);

    private final Costs costs;
    private final BlockingCalls calls;
    private final Answers answers;

    public CostReads(Costs costs, BlockingCalls calls, Answers answers) {
        this.costs = costs;
        this.calls = calls;
        this.answers = answers;
    }

    public void get(RoutingContext context) {
        CostReport.Query query = query(context);
        // It may add up tens of thousands of sums: not on an event loop.
        calls.run(() -> CostsResource.of(costs.report(query), costs.complete()))
                .onSuccess(report -> answers.send(context, 200, report))
                .onFailure(context::fail);
    }

    private CostReport.Query query(RoutingContext context) {
        String by = context.queryParams().get("by");
        Instant to = instant(context, "to", costs.now());
        Instant from = instant(context, "from", to.minus(USUAL));
        if (!from.isBefore(to)) {
            throw refused("from", "must be before to, which is " + to);
        }
        return new CostReport.Query(
                from,
                to,
                by == null ? CostReport.By.TASK : CostReport.By.of(by),
                tenant(Caller.principal(context), context.queryParams().get("tenant")));
    }

    /** Who may not see all tenants sees its own. */
    private static @Nullable TenantId tenant(Principal caller, @Nullable String asked) {
        if (caller.may(Scope.ADMIN)) {
            return asked == null ? null : new TenantId(asked);
        }
        if (asked != null && !asked.equals(caller.tenant().value())) {
            throw new RefusedException(
                    Problem.of(
                            ProblemKind.FORBIDDEN,
                            "Costs of other tenants need a key with the scope admin."));
        }
        return caller.tenant();
    }

    private static Instant instant(RoutingContext context, String name, Instant otherwise) {
        String text = context.queryParams().get(name);
        try {
            return text == null ? otherwise : Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw refused(name, "must be a time such as 2026-11-26T09:30:00Z, is '" + text + "'");
        }
    }

    private static RefusedException refused(String field, String problem) {
        return new RefusedException(Problem.ofField(ProblemKind.INVALID, field, problem));
    }
}

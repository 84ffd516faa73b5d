package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.resource.TenantResource;
import io.flexir.scheduler.api.resource.WorkerResource;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.dispatch.TenantState;
import io.vertx.ext.web.RoutingContext;

import java.util.List;
import java.util.Map;

/** {@code listWorkers} and {@code getTenant}. */
public final class FleetReads {
    private final ReadView view;
    private final TenantBook tenants;
    private final Answers answers;

    public FleetReads(ReadView view, TenantBook tenants, Answers answers) {
        this.view = view;
        this.tenants = tenants;
        this.answers = answers;
    }

    public void tenant(RoutingContext context) {
        TenantState state = tenants.state(Caller.tenant(context));
        answers.send(context, 200, TenantResource.of(state));
    }

    public void workers(RoutingContext context) {
        List<WorkerResource> workers =
                view.workers().stream()
                        .map(heartbeat -> WorkerResource.of(heartbeat, view.silent(heartbeat)))
                        .toList();
        answers.send(context, 200, Map.of("workers", workers));
    }
}

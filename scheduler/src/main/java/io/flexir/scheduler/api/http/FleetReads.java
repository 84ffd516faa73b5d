package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.ModelCatalog;
import io.flexir.scheduler.api.resource.ModelResource;
import io.flexir.scheduler.api.resource.TenantResource;
import io.flexir.scheduler.api.resource.WorkerResource;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.dispatch.TenantState;
import io.vertx.ext.web.RoutingContext;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code listModels}, {@code listWorkers} and {@code getTenant}. */
public final class FleetReads {
    private final ModelCatalog catalog;
    private final ReadView view;
    private final TenantBook tenants;
    private final Answers answers;

    public FleetReads(ModelCatalog catalog, ReadView view, TenantBook tenants, Answers answers) {
        this.catalog = catalog;
        this.view = view;
        this.tenants = tenants;
        this.answers = answers;
    }

    public void tenant(RoutingContext context) {
        TenantState state = tenants.state(Caller.tenant(context));
        answers.send(context, 200, TenantResource.of(state));
    }

    public void models(RoutingContext context) {
        List<ModelResource> models =
                catalog.models().stream()
                        .map(ModelResource::of)
                        .sorted(Comparator.comparing(ModelResource::name))
                        .toList();
        answers.send(context, 200, Map.of("models", models));
    }

    public void workers(RoutingContext context) {
        List<WorkerResource> workers =
                view.workers().stream()
                        .map(heartbeat -> WorkerResource.of(heartbeat, view.silent(heartbeat)))
                        .toList();
        answers.send(context, 200, Map.of("workers", workers));
    }
}

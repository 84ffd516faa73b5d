package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.ModelCatalog;
import io.flexir.scheduler.api.resource.ModelResource;
import io.flexir.scheduler.api.resource.WorkerResource;
import io.flexir.scheduler.api.view.ReadView;
import io.vertx.ext.web.RoutingContext;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** {@code listModels} and {@code listWorkers}. */
public final class FleetReads {
    private final ModelCatalog catalog;
    private final ReadView view;
    private final Answers answers;

    public FleetReads(ModelCatalog catalog, ReadView view, Answers answers) {
        this.catalog = catalog;
        this.view = view;
        this.answers = answers;
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

package io.flexir.scheduler.api.http;

import io.flexir.scheduler.activation.ActivationBook;
import io.flexir.scheduler.api.ModelCatalog;
import io.flexir.scheduler.api.control.BundleControl;
import io.flexir.scheduler.api.resource.ModelResource;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** {@code listModels} and {@code activateBundle}. */
public final class Bundles {
    private final ModelCatalog catalog;
    private final ActivationBook activations;
    private final BundleControl control;
    private final BlockingCalls calls;
    private final Answers answers;

    public Bundles(
            ModelCatalog catalog,
            ActivationBook activations,
            BundleControl control,
            BlockingCalls calls,
            Answers answers) {
        this.catalog = catalog;
        this.activations = activations;
        this.control = control;
        this.calls = calls;
        this.answers = answers;
    }

    public void models(RoutingContext context) {
        answers.send(context, 200, Map.of("models", models()));
    }

    public void activate(RoutingContext context) {
        String name = Objects.requireNonNull(context.pathParam("model"), "the path names a model");
        Buffer body =
                Objects.requireNonNull(context.body().buffer(), "the contract asks for a body");
        calls.run(
                        () -> {
                            control.activate(name, body.getBytes());
                            return name;
                        })
                .onSuccess(activated -> answers.send(context, 202, model(activated)))
                .onFailure(context::fail);
    }

    private ModelResource model(String name) {
        return models().stream()
                .filter(model -> model.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<ModelResource> models() {
        return catalog.models().stream()
                .map(model -> ModelResource.of(model, activations.find(model.manifest().name())))
                .sorted(Comparator.comparing(ModelResource::name))
                .toList();
    }
}

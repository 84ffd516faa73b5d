package io.flexir.worker;

import io.flexir.worker.metrics.Readiness;
import io.flexir.worker.metrics.Readiness.Condition;
import io.flexir.worker.metrics.WorkerMetrics;
import io.flexir.worker.pipeline.Models;
import io.flexir.worker.storage.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.util.function.Consumer;

/**
 * Asks store and bundles every few seconds whether they are there; what they say is what {@code
 * /health/ready} serves.
 */
final class ReadinessVerticle extends VerticleBase {
    private static final long INTERVAL_MILLIS = 2_000;

    private final Readiness readiness;
    private final ObjectStore store;
    private final Models models;
    private final WorkerMetrics metrics;
    private final Consumer<Boolean> onStore;
    private boolean asking;

    /**
     * @param onStore told each time whether the store answers, on the event loop
     */
    ReadinessVerticle(
            Readiness readiness,
            ObjectStore store,
            Models models,
            WorkerMetrics metrics,
            Consumer<Boolean> onStore) {
        this.readiness = readiness;
        this.store = store;
        this.models = models;
        this.metrics = metrics;
        this.onStore = onStore;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(0, INTERVAL_MILLIS, timer -> ask());
        return Future.succeededFuture();
    }

    private void ask() {
        if (asking) {
            return;
        }
        asking = true;
        vertx.executeBlocking(
                        () -> {
                            boolean answers = store.answers();
                            readiness.set(Condition.STORE, answers);
                            readiness.set(Condition.BUNDLES, models.isAny());
                            return answers;
                        })
                .onComplete(
                        answer -> {
                            asking = false;
                            metrics.ready(answer.succeeded() && readiness.isReady());
                            onStore.accept(answer.succeeded() && answer.result());
                        });
    }
}

package io.flexir.worker;

import io.flexir.worker.metrics.Readiness;
import io.flexir.worker.metrics.Readiness.Condition;
import io.flexir.worker.metrics.WorkerMetrics;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Asks store and bundles every few seconds whether they are there; what they say is what {@code
 * /health/ready} serves.
 */
final class ReadinessVerticle extends VerticleBase {
    private final Readiness readiness;
    private final BooleanSupplier store;
    private final BooleanSupplier bundles;
    private final WorkerMetrics metrics;
    private final Consumer<Boolean> onStore;
    private final Pace pace;
    private boolean asking;
    private long askedNanos;

    /**
     * How often is asked, and how long is waited for an answer.
     *
     * @param interval between two questions
     * @param longestAnswer a store that takes longer hangs, and is not there, long before its
     *     client gives up
     */
    record Pace(Duration interval, Duration longestAnswer) {
        static final Pace DEFAULT = new Pace(Duration.ofSeconds(2), Duration.ofSeconds(5));
    }

    /**
     * @param store whether it answers; blocks until it does, or its client has given up
     * @param bundles whether there is a usable one; may block
     * @param onStore told each time whether the store answers, on the event loop
     */
    ReadinessVerticle(
            Readiness readiness,
            BooleanSupplier store,
            BooleanSupplier bundles,
            WorkerMetrics metrics,
            Consumer<Boolean> onStore,
            Pace pace) {
        this.readiness = readiness;
        this.store = store;
        this.bundles = bundles;
        this.metrics = metrics;
        this.onStore = onStore;
        this.pace = pace;
    }

    @Override
    public Future<?> start() {
        vertx.setPeriodic(0, pace.interval().toMillis(), timer -> ask());
        return Future.succeededFuture();
    }

    private void ask() {
        if (asking) {
            if (System.nanoTime() - askedNanos > pace.longestAnswer().toNanos()) {
                readiness.set(Condition.STORE, false);
                tell(false);
            }
            return;
        }
        asking = true;
        askedNanos = System.nanoTime();
        vertx.executeBlocking(
                        () -> {
                            boolean answers = store.getAsBoolean();
                            readiness.set(Condition.STORE, answers);
                            readiness.set(Condition.BUNDLES, bundles.getAsBoolean());
                            return answers;
                        })
                .onComplete(
                        answer -> {
                            asking = false;
                            tell(answer.succeeded() && answer.result());
                        });
    }

    private void tell(boolean storeAnswers) {
        metrics.ready(readiness.isReady());
        onStore.accept(storeAnswers);
    }
}

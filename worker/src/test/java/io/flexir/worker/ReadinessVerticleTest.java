package io.flexir.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.worker.metrics.Readiness;
import io.flexir.worker.metrics.Readiness.Condition;
import io.flexir.worker.metrics.WorkerMetrics;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

@Timeout(60)
class ReadinessVerticleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final Readiness readiness = new Readiness();
    private final AtomicBoolean hangs = new AtomicBoolean();
    private final AtomicBoolean bundles = new AtomicBoolean(true);
    private final AtomicBoolean told = new AtomicBoolean();
    private final CountDownLatch answer = new CountDownLatch(1);

    @AfterEach
    void stop() {
        answer.countDown();
        vertx.close().await();
    }

    @Test
    void a_store_that_hangs_is_not_there_before_its_client_has_given_up() {
        start();
        await().atMost(PATIENCE).until(() -> holds(Condition.STORE));

        hangs.set(true);
        await().atMost(PATIENCE).until(() -> !holds(Condition.STORE));
        await().atMost(PATIENCE).until(() -> !told.get());
        assertThat(answer.getCount()).as("still hanging").isEqualTo(1);
        hangs.set(false);
        answer.countDown();

        await().atMost(PATIENCE).until(() -> holds(Condition.STORE));
    }

    @Test
    void bundles_that_are_gone_are_said_and_so_are_new_ones() {
        start();
        await().atMost(PATIENCE).until(() -> holds(Condition.BUNDLES));

        bundles.set(false);
        await().atMost(PATIENCE).until(() -> !holds(Condition.BUNDLES));
        bundles.set(true);

        await().atMost(PATIENCE).until(() -> holds(Condition.BUNDLES));
    }

    private void start() {
        vertx.deployVerticle(
                        new ReadinessVerticle(
                                readiness,
                                this::answers,
                                bundles::get,
                                new WorkerMetrics(),
                                told::set,
                                new ReadinessVerticle.Pace(
                                        Duration.ofMillis(20), Duration.ofMillis(200))))
                .await();
    }

    private boolean holds(Condition condition) {
        return readiness.conditions().getOrDefault(condition, false);
    }

    private boolean answers() {
        if (hangs.get()) {
            try {
                answer.await();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }
        return true;
    }
}

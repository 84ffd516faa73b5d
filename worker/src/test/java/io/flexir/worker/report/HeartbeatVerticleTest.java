package io.flexir.worker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.fleet.WorkerHeartbeat.State;
import io.flexir.worker.kafka.Event;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class HeartbeatVerticleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Vertx vertx = Vertx.vertx();
    private final List<State> said = new CopyOnWriteArrayList<>();
    private final AtomicInteger written = new AtomicInteger();
    private final CompletableFuture<Void> firstAnswer = new CompletableFuture<>();
    private final Heartbeats heartbeats =
            new Heartbeats(
                    HeartbeatsTest.config(),
                    new Device("cpu", "test", 2),
                    new InFlightBoard(() -> {}),
                    this::noBundles,
                    List::of,
                    Clock.systemUTC());

    @Test
    void says_nothing_after_its_last_word() {
        HeartbeatVerticle verticle =
                new HeartbeatVerticle(heartbeats, this::send, Duration.ofMinutes(1), answer -> {});
        String id = vertx.deployVerticle(verticle).await();
        verticle.begin();
        await().atMost(PATIENCE).until(() -> !said.isEmpty());

        // What has changed is told by the next one, once the first is answered.
        verticle.paused(true);
        Future<Void> stopped = vertx.undeploy(id);
        await().atMost(PATIENCE).until(() -> written.get() == 2);
        firstAnswer.complete(null);
        stopped.await();
        vertx.close().await();

        assertThat(said).containsExactly(State.READY, State.STOPPED);
    }

    private <T> List<T> noBundles() {
        written.incrementAndGet();
        return List.of();
    }

    private CompletableFuture<Void> send(Event<WorkerHeartbeat> event) {
        said.add(event.message().state());
        return said.size() == 1 ? firstAnswer : CompletableFuture.completedFuture(null);
    }
}

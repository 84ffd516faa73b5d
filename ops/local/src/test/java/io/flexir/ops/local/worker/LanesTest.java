package io.flexir.ops.local.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.worker.config.WorkerConfig;
import io.flexir.worker.intake.Intake;
import io.flexir.worker.intake.IntakePause;
import io.flexir.worker.intake.OrderHandler;
import io.flexir.worker.intake.Settlement;
import io.flexir.worker.kafka.EventProducer;
import io.flexir.worker.metrics.WorkerMetrics;
import io.flexir.worker.tracing.Tracing;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** How a worker's slot takes its orders from a real broker. */
class LanesTest {
    private static TestFleet fleet;

    @BeforeAll
    static void start() {
        fleet = new TestFleet();
    }

    @AfterAll
    static void stop() {
        fleet.close();
    }

    @Test
    void the_next_order_begins_while_the_one_before_is_brought_home() {
        CountDownLatch secondBegan = new CountDownLatch(1);
        Set<String> ended = ConcurrentHashMap.newKeySet();
        OrderHandler handler =
                delivery -> {
                    String job = delivery.order().jobId().value();
                    if (job.equals("home-2")) {
                        secondBegan.countDown();
                    }
                    delivery.turn().compute(delivery::handBackWanted);
                    delivery.turn().computed();
                    if (isReached(secondBegan)) {
                        ended.add(job);
                    }
                    return Settlement.DONE;
                };

        serve("home", handler, 2, () -> ended.size() == 2);

        assertThat(ended).containsExactlyInAnyOrder("home-1", "home-2");
    }

    @Test
    void a_slot_computes_one_order_at_a_time_and_each_once() {
        AtomicInteger computing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger handled = new AtomicInteger();
        Set<String> jobs = ConcurrentHashMap.newKeySet();
        OrderHandler handler =
                delivery -> {
                    delivery.turn().compute(delivery::handBackWanted);
                    most.accumulateAndGet(computing.incrementAndGet(), Math::max);
                    jobs.add(delivery.order().jobId().value());
                    delivery.turn().nearlyComputed();
                    computing.decrementAndGet();
                    delivery.turn().computed();
                    // A broker that is short of time may hand one out again.
                    if (delivery.count() == 1) {
                        handled.incrementAndGet();
                    }
                    return Settlement.DONE;
                };

        serve("turns", handler, 40, () -> jobs.size() == 40);

        assertThat(most).hasValue(1);
        assertThat(handled).hasValue(40);
    }

    @Test
    void an_order_that_ends_before_its_pixels_are_restored_leaves_the_slot() {
        Set<String> jobs = ConcurrentHashMap.newKeySet();
        OrderHandler handler =
                delivery -> {
                    jobs.add(delivery.order().jobId().value());
                    if (jobs.size() == 2) {
                        throw new IllegalStateException("nobody expects it");
                    }
                    return Settlement.DONE;
                };

        serve("early", handler, 4, () -> jobs.size() == 4);

        assertThat(jobs).hasSize(4);
    }

    /** Has a worker's intake take so many orders until they are done. */
    private static void serve(
            String pool, OrderHandler handler, int orders, Callable<Boolean> done) {
        fleet.createPool(pool, Duration.ofSeconds(15));
        ObjectReference input = fleet.upload("in/" + pool + ".png", Orders.flat(32, 32));
        WorkerConfig config = fleet.worker(pool + "-worker", pool);
        try (EventProducer producer = new EventProducer(config.kafka(), config.workerId())) {
            Intake intake =
                    new Intake(
                            config,
                            handler,
                            producer,
                            new WorkerMetrics(),
                            new IntakePause(),
                            Tracing.OFF,
                            Clock.systemUTC());
            intake.start();
            for (int i = 1; i <= orders; i++) {
                fleet.send(Orders.order(pool + "-" + i, pool, input, 1));
            }
            try {
                await().atMost(TestFleet.PATIENCE).until(done);
            } finally {
                intake.drain(Duration.ofSeconds(5));
            }
        }
    }

    private static boolean isReached(CountDownLatch latch) {
        try {
            return latch.await(TestFleet.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

package io.flexir.scheduler.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

class ReadinessTest {
    @Test
    void every_check_is_named_and_one_that_throws_does_not_hold() {
        List<HealthCheck> checks =
                List.of(
                        new HealthCheck("good", () -> true),
                        new HealthCheck("bad", () -> false),
                        new HealthCheck(
                                "broken",
                                () -> {
                                    throw new IllegalStateException("no");
                                }));

        Map<String, Boolean> answers = new Readiness(checks, Runnable::run).ask().join();

        assertThat(answers).isEqualTo(Map.of("good", true, "bad", false, "broken", false));
    }

    @Test
    void however_many_ask_the_checks_run_once_at_a_time() {
        AtomicInteger runs = new AtomicInteger();
        CountDownLatch release = new CountDownLatch(1);
        HealthCheck slow = new HealthCheck("slow", () -> waitFor(release, runs));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Readiness readiness = new Readiness(List.of(slow), threads);

            CompletableFuture<Map<String, Boolean>> first = readiness.ask();
            CompletableFuture<Map<String, Boolean>> second = readiness.ask();
            release.countDown();

            assertThat(first.join()).isEqualTo(second.join());
            assertThat(runs).hasValue(1);
            assertThat(readiness.ask()).succeedsWithin(Duration.ofSeconds(10));
            assertThat(runs).hasValue(2);
        }
    }

    private static boolean waitFor(CountDownLatch release, AtomicInteger runs) {
        runs.incrementAndGet();
        try {
            release.await();
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

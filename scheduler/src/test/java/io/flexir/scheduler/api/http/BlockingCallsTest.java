package io.flexir.scheduler.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

class BlockingCallsTest {
    private final Vertx vertx = Vertx.vertx();
    private final SchedulerMetrics metrics = new SchedulerMetrics();
    private final BlockingCalls calls =
            new BlockingCalls(Executors.newVirtualThreadPerTaskExecutor(), 1, metrics);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void a_call_runs_off_the_event_loop() {
        assertThat(onLoop(() -> Thread.currentThread().isVirtual()).await()).isTrue();
    }

    @Test
    void a_failing_call_fails_its_future_and_gives_its_place_back() {
        Callable<String> failing =
                () -> {
                    throw new IllegalStateException("no");
                };

        assertThatThrownBy(() -> onLoop(failing).await()).hasMessage("no");
        assertThat(onLoop(() -> "yes").await()).isEqualTo("yes");
    }

    @Test
    void past_the_bound_calls_are_refused_at_once_and_counted() {
        CountDownLatch release = new CountDownLatch(1);
        Future<String> slow =
                onLoop(
                        () -> {
                            release.await();
                            return "done";
                        });

        assertThatThrownBy(() -> onLoop(() -> "too many").await())
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused ->
                                assertThat(refused.problem().kind()).isEqualTo(ProblemKind.BUSY));
        release.countDown();
        assertThat(slow.await()).isEqualTo("done");
        assertThat(metrics.scrape()).contains("flexir_http_refused_total{what=\"calls\",} 1.0");
    }

    /** Returns once the call was taken or refused. */
    private <T> Future<T> onLoop(Callable<T> call) {
        Promise<Future<T>> promise = Promise.promise();
        vertx.runOnContext(loop -> promise.complete(calls.run(call)));
        return promise.future().await();
    }
}

package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Rejection;
import io.flexir.worker.control.Cancellations;
import io.flexir.worker.intake.Delivery;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class ImageMemoryTest {
    private static final long MIB = 1L << 20;

    private final AtomicInteger waits = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final ImageMemory memory =
            new ImageMemory(100 * MIB, Duration.ofMinutes(1), nanos::get, waits::incrementAndGet);

    @Test
    void an_image_that_needs_more_than_there_is_is_rejected_by_the_limits_name() {
        Step<Job> step = memory.take(Jobs.job(), 100 * MIB + 1);

        Rejection rejection = ((JobEnd.Rejected) end(step)).rejection();
        assertThat(rejection.reason()).isEqualTo(Rejection.Reason.TOO_LARGE);
        assertThat(rejection.detail()).contains("101 MiB", "100 MiB", "image-memory-bytes");
    }

    @Test
    void images_that_fit_together_do_not_wait() {
        Job first = Jobs.job();
        Job second = Jobs.job();

        assertThat(memory.take(first, 60 * MIB)).isEqualTo(Step.done(first));
        assertThat(memory.take(second, 40 * MIB)).isEqualTo(Step.done(second));
        assertThat(waits).hasValue(0);
    }

    @Test
    void an_image_waits_until_the_one_in_work_has_ended() {
        Job first = Jobs.job();
        Job second = Jobs.job();
        memory.take(first, 60 * MIB);

        CompletableFuture<Step<Job>> taken =
                CompletableFuture.supplyAsync(() -> memory.take(second, 60 * MIB));
        await().until(() -> waits.get() == 1);
        boolean tooEarly = taken.isDone();
        first.end();

        assertThat(tooEarly).isFalse();
        assertThat(taken.join()).isEqualTo(Step.done(second));
    }

    @Test
    void a_large_image_is_not_overtaken_for_ever_by_small_ones_that_would_still_fit() {
        Job first = Jobs.job();
        Job large = Jobs.job();
        Job small = Jobs.job();
        memory.take(first, 60 * MIB);

        CompletableFuture<Step<Job>> largeTaken =
                CompletableFuture.supplyAsync(
                        () -> memory.take(large, 90 * MIB), Thread::startVirtualThread);
        await().until(() -> waits.get() == 1);
        CompletableFuture<Step<Job>> smallTaken =
                CompletableFuture.supplyAsync(
                        () -> memory.take(small, 30 * MIB), Thread::startVirtualThread);
        await().until(() -> waits.get() == 2);
        first.end();

        assertThat(largeTaken.join()).isEqualTo(Step.done(large));
        assertThat(smallTaken).isNotDone();
        large.end();
        assertThat(smallTaken.join()).isEqualTo(Step.done(small));
    }

    @Test
    void a_waiting_job_goes_back_when_the_worker_stops() {
        Delivery delivery = Jobs.delivery(Terms.DEFAULT);
        memory.take(Jobs.job(), 100 * MIB);
        delivery.wantBack();

        Step<Job> step = memory.take(Jobs.job(delivery, new Cancellations()), MIB);

        assertThat(end(step)).isEqualTo(new JobEnd.HandedBack());
    }

    @Test
    void waiting_is_bounded() {
        ImageMemory impatient =
                new ImageMemory(MIB, Duration.ZERO, nanos::incrementAndGet, waits::incrementAndGet);
        impatient.take(Jobs.job(), MIB);

        Step<Job> step = impatient.take(Jobs.job(), MIB);

        assertThat(((JobEnd.Failed) end(step)).failure().reason()).isEqualTo(Failure.Reason.ENGINE);
    }

    private static JobEnd end(Step<Job> step) {
        return ((Step.Ended<Job>) step).end();
    }
}

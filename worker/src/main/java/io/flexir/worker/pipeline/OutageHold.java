package io.flexir.worker.pipeline;

import io.flexir.contracts.work.Failure;
import io.flexir.worker.metrics.WorkerMetrics;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Repeats a request to the store while the store does not answer. The order is held meanwhile, its
 * lock renewed by the slot: an outage burns no attempt. It ends with the outage, the job, the
 * worker, or the bound on holding.
 */
final class OutageHold {
    private static final Logger LOG = LoggerFactory.getLogger(OutageHold.class);
    private static final Duration LOOK_AROUND = Duration.ofMillis(100);

    private final Duration between;
    private final Duration longest;
    private final WorkerMetrics metrics;
    private final LongSupplier nanoTime;

    /**
     * @param between time between two requests
     * @param longest bound on holding one order
     */
    OutageHold(Duration between, Duration longest, WorkerMetrics metrics, LongSupplier nanoTime) {
        this.between = between;
        this.longest = longest;
        this.metrics = metrics;
        this.nanoTime = nanoTime;
    }

    /**
     * The store's answer.
     *
     * @param problem why an answer is none; empty for an answer
     */
    <T> Step<T> ask(Job job, Supplier<T> request, Function<T, Optional<String>> problem) {
        long start = nanoTime.getAsLong();
        boolean held = false;
        while (true) {
            T answer = request.get();
            Optional<String> none = problem.apply(answer);
            if (none.isEmpty()) {
                return Step.done(answer);
            }
            if (!held) {
                held = true;
                metrics.storageHold();
                LOG.warn(
                        "order held, store does not answer job={} problem={}",
                        job.order().jobId(),
                        none.get());
            }
            if (nanoTime.getAsLong() - start > longest.toNanos()) {
                return Step.ended(
                        JobEnd.failed(
                                Failure.Reason.STORAGE,
                                "The object store did not answer for "
                                        + longest
                                        + ": "
                                        + none.get()));
            }
            Optional<JobEnd> end = pause(job);
            if (end.isPresent()) {
                return Step.ended(end.get());
            }
        }
    }

    private Optional<JobEnd> pause(Job job) {
        for (Duration waited = Duration.ZERO;
                waited.compareTo(between) < 0;
                waited = waited.plus(LOOK_AROUND)) {
            Optional<JobEnd> end = job.stop().or(job::deadlinePassed);
            if (end.isPresent()) {
                return end;
            }
            if (Thread.currentThread().isInterrupted()) {
                return Optional.of(new JobEnd.HandedBack());
            }
            LockSupport.parkNanos(LOOK_AROUND.toNanos());
        }
        return Optional.empty();
    }
}

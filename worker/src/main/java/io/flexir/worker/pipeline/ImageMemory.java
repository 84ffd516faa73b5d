package io.flexir.worker.pipeline;

import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Rejection;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * What a worker may use for images in work, shared by its slots. A job takes what its image will
 * need before it is decoded, and waits for its turn while others have it; its order's lock is
 * renewed by the slot meanwhile. Thread-safe.
 */
final class ImageMemory {
    private static final long UNIT = 1L << 20;

    private static final Duration LOOK_AROUND = Duration.ofMillis(100);

    private final int units;
    private final Semaphore free;

    /** Whoever has waited longest: others wait behind it, so that memory gathers for it. */
    private final Semaphore head = new Semaphore(1, true);

    private final Duration longestWait;
    private final LongSupplier nanoTime;
    private final Runnable onWait;

    /**
     * @param bytes what all images in work may take together
     * @param longestWait bound on waiting for others
     * @param onWait told of each job that has to wait
     */
    ImageMemory(long bytes, Duration longestWait, LongSupplier nanoTime, Runnable onWait) {
        this.units = Math.toIntExact(bytes / UNIT);
        this.free = new Semaphore(units, true);
        this.longestWait = longestWait;
        this.nanoTime = nanoTime;
        this.onWait = onWait;
    }

    /** Gives the job that much until it ends, or says why it cannot have it. */
    Step<Job> take(Job job, long bytes) {
        long wanted = Math.ceilDiv(bytes, UNIT);
        if (wanted > units) {
            return Step.ended(JobEnd.rejected(Rejection.Reason.TOO_LARGE, sentence(wanted)));
        }
        Optional<JobEnd> end = await((int) wanted, job);
        if (end.isPresent()) {
            return Step.ended(end.get());
        }
        job.atItsEnd(() -> free.release((int) wanted));
        return Step.done(job);
    }

    private String sentence(long wanted) {
        return "Restoring this image takes up to %d MiB of memory; at most %d MiB are used for images"
                        .formatted(wanted, units)
                + " (limit image-memory-bytes). Send a smaller image or parts of it.";
    }

    private Optional<JobEnd> await(int wanted, Job job) {
        boolean first = head.tryAcquire();
        try {
            if (first && free.tryAcquire(wanted)) {
                return Optional.empty();
            }
            onWait.run();
            long start = nanoTime.getAsLong();
            while (true) {
                if (!first) {
                    first = soon(head, 1);
                } else if (soon(free, wanted)) {
                    return Optional.empty();
                }
                Optional<JobEnd> end =
                        job.stop().or(job::deadlinePassed).or(() -> tooLongSince(start));
                if (end.isPresent()) {
                    return end;
                }
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return Optional.of(new JobEnd.HandedBack());
        } finally {
            if (first) {
                head.release();
            }
        }
    }

    private static boolean soon(Semaphore of, int permits) throws InterruptedException {
        return of.tryAcquire(permits, LOOK_AROUND.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Optional<JobEnd> tooLongSince(long start) {
        return nanoTime.getAsLong() - start > longestWait.toNanos()
                ? Optional.of(
                        JobEnd.failed(
                                Failure.Reason.ENGINE,
                                "Other images held the worker's memory for " + longestWait))
                : Optional.empty();
    }
}

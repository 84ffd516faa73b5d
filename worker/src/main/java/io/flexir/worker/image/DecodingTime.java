package io.flexir.worker.image;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * How long one image may be decoded. Reading and each row look at it; it is no thread's interrupt.
 * What counts is the processor time of the thread that decodes: a refusal is for good, and must not
 * come of a machine that has much else to do. Where the system does not tell, time that passes
 * counts.
 */
final class DecodingTime {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final Duration limit;
    private final LongSupplier nanoTime;
    private final long endNanos;
    private boolean exceeded;

    private DecodingTime(Duration limit, LongSupplier nanoTime) {
        this.limit = limit;
        this.nanoTime = nanoTime;
        this.endNanos = nanoTime.getAsLong() + limit.toNanos();
    }

    /** From now on, on the thread that calls this. */
    static DecodingTime startingWith(Duration limit) {
        return new DecodingTime(
                limit, isTold() ? THREADS::getCurrentThreadCpuTime : System::nanoTime);
    }

    private static boolean isTold() {
        return !Thread.currentThread().isVirtual()
                && THREADS.isCurrentThreadCpuTimeSupported()
                && THREADS.isThreadCpuTimeEnabled();
    }

    /** Whether it is over; once it was, it stays so. */
    boolean isOver() {
        exceeded |= nanoTime.getAsLong() - endNanos >= 0;
        return exceeded;
    }

    /** Whether anybody has found it over. */
    boolean wasExceeded() {
        return exceeded;
    }

    MalformedImageException refusal() {
        return MalformedImageException.tooLarge(
                String.format(
                        Locale.ROOT,
                        "The image was not decoded within %.3f s of processor time (limit max-decode-seconds). Send a smaller one, or"
                                + " save it without tricks.",
                        limit.toMillis() / 1e3));
    }
}

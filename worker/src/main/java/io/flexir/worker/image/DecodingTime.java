package io.flexir.worker.image;

import java.time.Duration;
import java.util.Locale;

/**
 * How long one image may be decoded. Reading and each row look at it; it is no thread's interrupt.
 */
final class DecodingTime {
    private final Duration limit;
    private final long endNanos;
    private boolean exceeded;

    private DecodingTime(Duration limit) {
        this.limit = limit;
        this.endNanos = System.nanoTime() + limit.toNanos();
    }

    /** From now on. */
    static DecodingTime startingWith(Duration limit) {
        return new DecodingTime(limit);
    }

    /** Whether it is over; once it was, it stays so. */
    boolean isOver() {
        exceeded |= System.nanoTime() - endNanos >= 0;
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
                        "The image was not decoded within %.3f s (limit max-decode-seconds). Send a smaller one, or"
                                + " save it without tricks.",
                        limit.toMillis() / 1e3));
    }
}

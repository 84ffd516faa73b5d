package io.flexir.worker.pipeline;

import java.time.Duration;

/**
 * How long a job takes after its last pixel (encode, store, report), by the size of its result.
 * Learns. Thread-safe.
 */
final class FinishForecast {
    private static final double NEWEST_SHARE = 0.2;
    private static final Duration REPORT = Duration.ofMillis(50);

    /** PNG of a photo on one slow core, and the way to the store. */
    private static final double FIRST_GUESS_SECONDS_PER_PIXEL = 0.3e-6;

    private double secondsPerPixel = FIRST_GUESS_SECONDS_PER_PIXEL;

    synchronized Duration of(long pixels) {
        return REPORT.plusNanos((long) (secondsPerPixel * pixels * 1e9));
    }

    synchronized void learn(long pixels, double seconds) {
        secondsPerPixel += NEWEST_SHARE * (seconds / pixels - secondsPerPixel);
    }
}

package io.flexir.worker.pipeline;

import java.time.Duration;

/**
 * How long a job takes after its last pixel (encode, store, report), by the size of its result: so
 * much for every job and so much for each pixel, a line through what was seen lately. Learns.
 * Thread-safe.
 */
final class FinishForecast {
    /** What was learnt counts so much less with each further job. */
    private static final double MEMORY = 0.9;

    private static final Duration REPORT = Duration.ofMillis(50);

    /** PNG of a photo on one slow core, and the way to the store. */
    private static final double FIRST_GUESS_SECONDS_PER_PIXEL = 0.3e-6;

    /** Sizes that differ by less say nothing of what a pixel takes. */
    private static final double LEAST_SPREAD = 0.03;

    private double weight;
    private double pixelSum;
    private double secondSum;
    private double squareSum;
    private double productSum;

    synchronized Duration of(long pixels) {
        return REPORT.plusNanos((long) (seconds(pixels) * 1e9));
    }

    synchronized void learn(long pixels, double seconds) {
        weight = MEMORY * weight + 1;
        pixelSum = MEMORY * pixelSum + pixels;
        secondSum = MEMORY * secondSum + seconds;
        squareSum = MEMORY * squareSum + (double) pixels * pixels;
        productSum = MEMORY * productSum + pixels * seconds;
    }

    private double seconds(long pixels) {
        if (weight == 0) {
            return FIRST_GUESS_SECONDS_PER_PIXEL * pixels;
        }
        double meanPixels = pixelSum / weight;
        double meanSeconds = secondSum / weight;
        double variance = squareSum / weight - meanPixels * meanPixels;
        double slope = (productSum / weight - meanPixels * meanSeconds) / variance;
        double base = meanSeconds - slope * meanPixels;
        boolean alike = !(variance > LEAST_SPREAD * LEAST_SPREAD * meanPixels * meanPixels);
        return alike || slope < 0 || base < 0
                ? meanSeconds * Math.max(1, pixels / meanPixels)
                : base + slope * pixels;
    }
}

package io.flexir.worker.restore.model;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.worker.restore.anytime.PixelSeconds;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measured seconds a pixel of each graph of one model, smoothed over recent runs, on the worker as
 * loaded as it is. Thread-safe.
 */
final class GraphTimes {
    private static final double NEWEST_SHARE = 0.2;

    /**
     * A run that took longer says that the worker was held up, not how fast it is. One that has
     * become slow is believed soon enough; one stall must not keep a stage from being tried again.
     */
    private static final double MOST_TIMES = 3;

    private static final double GIGA = 1e9;

    private final BundleManifest manifest;
    private final double[] secondsPerPixel;

    GraphTimes(BundleManifest manifest) {
        this.manifest = manifest;
        this.secondsPerPixel = new double[1 + 2 * manifest.n()];
    }

    /**
     * @param graph its place among {@link Graphs}
     */
    synchronized void record(int graph, long pixels, double seconds) {
        double measured = seconds / pixels;
        double before = secondsPerPixel[graph];
        secondsPerPixel[graph] =
                before == 0
                        ? measured
                        : before
                                + NEWEST_SHARE * (Math.min(measured, MOST_TIMES * before) - before);
    }

    /** Forgets everything, so that the next run of a graph counts in full. */
    synchronized void forget() {
        Arrays.fill(secondsPerPixel, 0);
    }

    synchronized PixelSeconds pixelSeconds() {
        int n = manifest.n();
        return new PixelSeconds(secondsPerPixel[0], list(1, n + 1), list(n + 1, 2 * n + 1));
    }

    /** 10^9 multiply-adds a second of a run to full depth; 0 while nothing was measured. */
    double gigaMacsPerSecond() {
        double seconds = pixelSeconds().whole(manifest.n());
        return seconds == 0 ? 0 : manifest.macsPerPixel(manifest.n()) / seconds / GIGA;
    }

    private List<Double> list(int from, int to) {
        List<Double> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
            values.add(secondsPerPixel[i]);
        }
        return values;
    }
}

package io.flexir.scheduler.api.control;

import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.jspecify.annotations.Nullable;

/**
 * A mean with its 95% confidence interval.
 *
 * @param samples that it is the mean of
 * @param low end of the interval; none with fewer than two samples
 * @param high its other end
 */
public record Estimate(long samples, double mean, @Nullable Double low, @Nullable Double high) {
    private static final double CONFIDENCE = 0.95;

    /** Of measured values, by Student's t; none where there is no sample. */
    static @Nullable Estimate of(SummaryStatistics values) {
        long n = values.getN();
        if (n == 0) {
            return null;
        }
        if (n == 1) {
            return new Estimate(n, values.getMean(), null, null);
        }
        double quantile =
                new TDistribution(n - 1.0).inverseCumulativeProbability((1 + CONFIDENCE) / 2);
        double half = quantile * values.getStandardDeviation() / Math.sqrt((double) n);
        return new Estimate(n, values.getMean(), values.getMean() - half, values.getMean() + half);
    }

    /** Of a share, by Wilson's score; none where there is no sample. */
    static @Nullable Estimate ofShare(int hits, int samples) {
        if (samples == 0) {
            return null;
        }
        ConfidenceInterval interval =
                new WilsonScoreInterval().createInterval(samples, hits, CONFIDENCE);
        return new Estimate(
                samples,
                (double) hits / samples,
                interval.getLowerBound(),
                interval.getUpperBound());
    }
}

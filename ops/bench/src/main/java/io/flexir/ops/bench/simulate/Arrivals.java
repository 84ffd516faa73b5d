package io.flexir.ops.bench.simulate;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Made arrivals: a Poisson process whose rate changes over time, sizes lognormal. */
public enum Arrivals {
    /** A steady rate. */
    POISSON(600) {
        @Override
        double rate(double seconds) {
            return 1;
        }
    },
    /** Of every 5 minutes one at three times the rate of the others. */
    BURST(900) {
        @Override
        double rate(double seconds) {
            return seconds % 300 < 240 ? 1 / 1.4 : 3 / 1.4;
        }
    },
    /** A day in an hour: from a fifth of the mean to nine times that, and back. */
    DIURNAL(3600) {
        @Override
        double rate(double seconds) {
            return 1 - 0.8 * Math.cos(2 * Math.PI * seconds / 3600);
        }
    };

    private static final double LARGEST_RATE = 3 / 1.4;

    private static final int PARTS = 10_000;

    /** Of log size: the largest percentile is about nine times the median. */
    private static final double SIGMA = 0.95;

    private final double spanSeconds;

    Arrivals(double spanSeconds) {
        this.spanSeconds = spanSeconds;
    }

    /** What shows all of it: ten minutes, three bursts, a day. */
    public double spanSeconds() {
        return spanSeconds;
    }

    /** Over the first seconds, as a share of the mean rate. */
    double meanRate(double seconds) {
        return IntStream.range(0, PARTS)
                .mapToDouble(part -> rate((part + 0.5) / PARTS * seconds))
                .average()
                .orElseThrow();
    }

    /** At a moment, as a share of the mean rate. */
    abstract double rate(double seconds);

    /**
     * @param perSecond the mean rate
     */
    public Trace generate(int jobs, double perSecond, RandomGenerator random) {
        double[] seconds = new double[jobs];
        double[] sizes = new double[jobs];
        double now = 0;
        for (int i = 0; i < jobs; i++) {
            do {
                now += random.nextExponential() / (perSecond * LARGEST_RATE);
            } while (random.nextDouble() * LARGEST_RATE > rate(now));
            seconds[i] = now;
            sizes[i] = Math.exp(SIGMA * random.nextGaussian());
        }
        return new Trace(seconds, normalized(sizes));
    }

    static double[] normalized(double[] sizes) {
        double mean = Arrays.stream(sizes).average().orElse(1);
        return Arrays.stream(sizes).map(size -> size / mean).toArray();
    }
}

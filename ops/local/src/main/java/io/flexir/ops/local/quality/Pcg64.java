package io.flexir.ops.local.quality;

/**
 * The generator behind {@code numpy.random.default_rng(seed)}: PCG XSL-RR 128/64 (M. E. O'Neill,
 * "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number
 * Generation", 2014). Gives NumPy's bits exactly. Not thread-safe.
 */
final class Pcg64 {

    private static final long MULTIPLIER_HIGH = 0x2360ED051FC65DA4L;
    private static final long MULTIPLIER_LOW = 0x4385DF649FCCF645L;
    private static final double UNIT = 0x1.0p-53;

    private final long incrementHigh;
    private final long incrementLow;
    private long high;
    private long low;

    Pcg64(long seed) {
        long[] words = new SeedSequence(seed).words(4);
        incrementHigh = words[2] << 1 | words[3] >>> 63;
        incrementLow = words[3] << 1 | 1;
        step();
        add(words[0], words[1]);
        step();
    }

    long nextLong() {
        step();
        return Long.rotateRight(high ^ low, (int) (high >>> 58));
    }

    /** Uniform in [0, 1) with 53 bits. */
    double nextDouble() {
        return (nextLong() >>> 11) * UNIT;
    }

    /** state = state * multiplier + increment, modulo 2^128. */
    private void step() {
        high =
                high * MULTIPLIER_LOW
                        + low * MULTIPLIER_HIGH
                        + Math.unsignedMultiplyHigh(low, MULTIPLIER_LOW);
        low *= MULTIPLIER_LOW;
        add(incrementHigh, incrementLow);
    }

    private void add(long otherHigh, long otherLow) {
        low += otherLow;
        long carry = Long.compareUnsigned(low, otherLow) < 0 ? 1 : 0;
        high += otherHigh + carry;
    }
}

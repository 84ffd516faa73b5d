package io.flexir.ops.local.quality;

/**
 * NumPy's {@code SeedSequence} for one non-negative integer: spreads a seed over as many well mixed
 * bits as a generator asks for. After M. E. O'Neill, "Developing a seed_seq alternative" (2015);
 * 32-bit words, pool of four.
 */
final class SeedSequence {

    private static final int POOL_WORDS = 4;
    private static final int INITIAL_ENTROPY = 0x43b0d7e5;
    private static final int MULTIPLIER_ENTROPY = 0x931e8875;
    private static final int INITIAL_STATE = 0x8b51f9dd;
    private static final int MULTIPLIER_STATE = 0x58f38ded;
    private static final int MIX_LEFT = 0xca01f9dd;
    private static final int MIX_RIGHT = 0x4973f715;
    private static final int SHIFT = 16;

    private final int[] pool = new int[POOL_WORDS];
    private int hash = INITIAL_ENTROPY;

    /**
     * @param seed not negative
     */
    SeedSequence(long seed) {
        if (seed < 0) {
            throw new IllegalArgumentException("seed must not be negative, was " + seed);
        }
        pool[0] = hashed((int) seed);
        pool[1] = hashed((int) (seed >>> 32));
        pool[2] = hashed(0);
        pool[3] = hashed(0);
        for (int source = 0; source < POOL_WORDS; source++) {
            for (int target = 0; target < POOL_WORDS; target++) {
                if (source != target) {
                    pool[target] = mixed(pool[target], hashed(pool[source]));
                }
            }
        }
    }

    /** The first {@code count} 64-bit words of state. */
    long[] words(int count) {
        long[] words = new long[count];
        int constant = INITIAL_STATE;
        for (int i = 0; i < 2 * count; i++) {
            int value = pool[i % POOL_WORDS] ^ constant;
            constant *= MULTIPLIER_STATE;
            value *= constant;
            value ^= value >>> SHIFT;
            words[i / 2] |= Integer.toUnsignedLong(value) << (i % 2 * 32);
        }
        return words;
    }

    private int hashed(int word) {
        int value = word ^ hash;
        hash *= MULTIPLIER_ENTROPY;
        value *= hash;
        return value ^ (value >>> SHIFT);
    }

    private static int mixed(int left, int right) {
        int value = MIX_LEFT * left - MIX_RIGHT * right;
        return value ^ (value >>> SHIFT);
    }
}

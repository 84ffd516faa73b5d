package io.flexir.ops.bench.simulate;

/**
 * A set of small numbers that gives up its least first: a tree of words, a bit for each number, and
 * above each word a bit that says whether it holds any.
 */
final class RankQueue {
    private static final int BITS = 6;

    private final long[][] levels;

    /**
     * @param size numbers are 0 to {@code size - 1}
     */
    RankQueue(int size) {
        int depth = 1;
        while (size > 1L << (BITS * depth)) {
            depth++;
        }
        levels = new long[depth][];
        int words = size;
        for (int level = 0; level < depth; level++) {
            words = Math.max(1, Math.ceilDiv(words, Long.SIZE));
            levels[level] = new long[words];
        }
    }

    boolean isEmpty() {
        return levels[levels.length - 1][0] == 0;
    }

    void add(int number) {
        int at = number;
        for (long[] level : levels) {
            level[at >> BITS] |= 1L << at;
            at >>= BITS;
        }
    }

    void remove(int number) {
        int at = number;
        for (long[] level : levels) {
            level[at >> BITS] &= ~(1L << at);
            at >>= BITS;
            if (level[at] != 0) {
                return;
            }
        }
    }

    /** The least; there must be one. */
    int first() {
        int at = 0;
        for (int level = levels.length - 1; level >= 0; level--) {
            at = (at << BITS) + Long.numberOfTrailingZeros(levels[level][at]);
        }
        return at;
    }
}

package io.flexir.ops.bench.flow;

/**
 * Records that a reader of committed records saw come.
 *
 * @param records after those of its first look
 * @param seconds from its first look to its last
 * @param meanBytes of one record's value
 */
record Rate(long records, double seconds, double meanBytes) {
    double perSecond() {
        return records / seconds;
    }
}

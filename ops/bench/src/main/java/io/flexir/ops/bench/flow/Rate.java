package io.flexir.ops.bench.flow;

/**
 * Records that a reader of committed records saw come.
 *
 * @param records after those that were committed first
 * @param seconds in which they came
 * @param meanBytes of one record's value
 */
record Rate(long records, double seconds, double meanBytes) {
    double perSecond() {
        return records / seconds;
    }
}

package io.flexir.worker.restore.region;

/**
 * A stretch of an axis to which the same spans contribute, in input pixels.
 *
 * @param start first pixel
 * @param end end, exclusive
 * @param firstSpan first contributing span
 * @param lastSpan last contributing span: {@code firstSpan}, or the next one within a cross-fade
 */
record Segment(int start, int end, int firstSpan, int lastSpan) {
    int length() {
        return end - start;
    }

    int contributors() {
        return lastSpan - firstSpan + 1;
    }

    boolean touches(int span) {
        return firstSpan <= span && span <= lastSpan;
    }
}

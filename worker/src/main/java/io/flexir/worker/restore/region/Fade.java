package io.flexir.worker.restore.region;

/**
 * Weights with which parts of a tile are joined: 1 inside a part, falling to 0 over a band around
 * its border, and not at all at the tile's. At every pixel the weights of parts that make up the
 * tile sum to one: each part's weight is its area seen through the same smooth window.
 *
 * @param reach pixels of the band on either side of a border
 * @param scale output pixels per input pixel, per axis
 */
public record Fade(int reach, int scale) {
    /**
     * Weights along one axis at output pixels {@code [from * scale, to * scale)}.
     *
     * @param start first input pixel of the part
     * @param end end of the part, exclusive
     * @param length input pixels of the tile along this axis
     */
    public float[] weights(int from, int to, int start, int end, int length) {
        float[] weights = new float[(to - from) * scale];
        for (int i = 0; i < weights.length; i++) {
            int position = from * scale + i;
            float entered = start == 0 ? 1 : rise(position, start);
            float left = end == length ? 0 : rise(position, end);
            weights[i] = entered - left;
        }
        return weights;
    }

    /** 0 before a border's band, 1 after it, smooth within. */
    private float rise(int position, int border) {
        int half = reach * scale;
        int into = position - (border * scale - half);
        if (into < 0) {
            return 0;
        }
        if (into >= 2 * half) {
            return 1;
        }
        float t = (into + 0.5f) / (2 * half);
        return t * t * (3 - 2 * t);
    }
}

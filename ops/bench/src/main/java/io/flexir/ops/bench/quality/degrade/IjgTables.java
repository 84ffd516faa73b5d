package io.flexir.ops.bench.quality.degrade;

import java.util.Arrays;

import javax.imageio.plugins.jpeg.JPEGQTable;

/**
 * Quantization tables as the Independent JPEG Group's library scales them by quality, in whole
 * numbers ({@code jpeg_set_quality}, baseline): what "JPEG quality" means in the literature.
 */
final class IjgTables {

    private static final int HALF = 50;
    private static final int LARGEST = 255;

    private IjgTables() {}

    static JPEGQTable luma(int quality) {
        return scaled(JPEGQTable.K1Luminance, quality);
    }

    static JPEGQTable chroma(int quality) {
        return scaled(JPEGQTable.K2Chrominance, quality);
    }

    private static JPEGQTable scaled(JPEGQTable table, int quality) {
        int percent = quality < HALF ? 5000 / quality : 200 - 2 * quality;
        return new JPEGQTable(
                Arrays.stream(table.getTable())
                        .map(step -> Math.clamp((step * percent + 50) / 100, 1, LARGEST))
                        .toArray());
    }
}

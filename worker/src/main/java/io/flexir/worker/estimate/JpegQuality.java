package io.flexir.worker.estimate;

/**
 * The quality that a JPEG file was saved with, on the scale of the Independent JPEG Group: the one
 * whose luma table is nearest to the file's (sum of absolute differences). Exact for files whose
 * tables are the standard's scaled, which libjpeg's are; for others the quality that quantizes most
 * alike. Stateless.
 */
public final class JpegQuality {
    /** Names the method in receipts. */
    public static final String NAME = "ijg-luma-nearest";

    /** Entries of a table. */
    static final int STEPS = 64;

    /** ITU-T T.81, table K.1, in zigzag order. */
    private static final int[] STANDARD_LUMA = {
        16, 11, 12, 14, 12, 10, 16, 14, 13, 14, 18, 17, 16, 19, 24, 40,
        26, 24, 22, 22, 24, 49, 35, 37, 29, 40, 58, 51, 61, 60, 57, 51,
        56, 55, 64, 72, 92, 78, 64, 68, 87, 69, 55, 56, 80, 109, 81, 87,
        95, 98, 103, 104, 103, 62, 77, 113, 121, 112, 100, 120, 92, 101, 103, 99
    };

    private JpegQuality() {}

    /**
     * 1 to 100.
     *
     * @param table of luma, in zigzag order
     */
    static int nearest(int[] table) {
        int nearest = 100;
        long least = Long.MAX_VALUE;
        for (int quality = 100; quality >= 1; quality--) {
            long distance = distance(table, quality);
            if (distance < least) {
                least = distance;
                nearest = quality;
            }
        }
        return nearest;
    }

    private static long distance(int[] table, int quality) {
        long distance = 0;
        for (int i = 0; i < STEPS; i++) {
            distance += Math.abs(table[i] - scaled(STANDARD_LUMA[i], quality));
        }
        return distance;
    }

    /** {@code jpeg_quality_scaling} and {@code jpeg_add_quant_table} of libjpeg, baseline. */
    private static int scaled(int step, int quality) {
        int percent = quality < 50 ? 5000 / quality : 200 - 2 * quality;
        return Math.clamp((step * percent + 50) / 100, 1, 255);
    }
}

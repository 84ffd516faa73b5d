package io.flexir.ops.bench.image;

/** The brightness of a colour picture, by the weights of ITU-R BT.601. */
public final class Luma {

    private static final double[] FULL_RANGE = {0.299, 0.587, 0.114};
    private static final double[] STUDIO_SWING = {65.481 / 255, 128.553 / 255, 24.966 / 255};
    private static final double STUDIO_BLACK = 16.0 / 255;

    private Luma() {}

    /** {@code 0.299 R + 0.587 G + 0.114 B}, as in a JPEG file: black is 0, white is 1. */
    public static Raster fullRange(Raster picture) {
        return picture.isGray() ? picture : weighted(picture, FULL_RANGE, 0);
    }

    /**
     * {@code (16 + 65.481 R + 128.553 G + 24.966 B) / 255}, MATLAB's {@code rgb2ycbcr} and the
     * super-resolution literature's: black is 16/255, white is 235/255.
     */
    public static Raster studioSwing(Raster picture) {
        return weighted(picture.inColour(), STUDIO_SWING, STUDIO_BLACK);
    }

    private static Raster weighted(Raster picture, double[] weights, double black) {
        float[][] planes = picture.planes();
        float[] luma = new float[planes[0].length];
        for (int i = 0; i < luma.length; i++) {
            luma[i] =
                    (float)
                            (black
                                    + weights[0] * planes[0][i]
                                    + weights[1] * planes[1][i]
                                    + weights[2] * planes[2][i]);
        }
        return Raster.gray(picture.width(), picture.height(), luma);
    }
}

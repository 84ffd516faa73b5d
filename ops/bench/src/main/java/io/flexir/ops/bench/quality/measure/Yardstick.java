package io.flexir.ops.bench.quality.measure;

import io.flexir.ops.bench.image.Luma;
import io.flexir.ops.bench.image.Raster;

/** What of two pictures is compared. Outputs are clamped to black and white, and not rounded. */
public enum Yardstick {
    /** Every plane as it is: denoising. */
    PLANES,
    /** Full-range luma, with its blocking: removal of JPEG artefacts. */
    LUMA,
    /** Studio-swing luma: super-resolution. */
    STUDIO_LUMA;

    /**
     * Compares two pictures of the same size.
     *
     * @param border pixels on each side that are left out
     */
    public Quality compare(Raster clean, Raster picture, int border) {
        if (clean.width() != picture.width() || clean.height() != picture.height()) {
            throw new IllegalArgumentException(
                    "cannot compare pictures of " + size(clean) + " and " + size(picture));
        }
        Raster expected = seen(clean, border);
        Raster actual = seen(picture.clamped(), border);
        return new Quality(
                Psnr.of(expected, actual),
                Ssim.of(expected, actual),
                this == LUMA ? PsnrB.of(expected, actual) : null);
    }

    private Raster seen(Raster picture, int border) {
        Raster view =
                switch (this) {
                    case PLANES -> picture;
                    case LUMA -> Luma.fullRange(picture);
                    case STUDIO_LUMA -> Luma.studioSwing(picture);
                };
        return view.inner(border);
    }

    private static String size(Raster picture) {
        return picture.width() + " x " + picture.height();
    }
}

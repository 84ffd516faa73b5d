package io.flexir.ops.bench.quality.degrade;

import io.flexir.ops.bench.image.Luma;
import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.bench.quality.measure.Ssim;
import io.flexir.ops.bench.quality.measure.Yardstick;

/**
 * Saves a picture as a JPEG file and reads it back.
 *
 * @param quality 1..100, the IJG scale
 * @param colours what is saved
 */
public record JpegCompression(int quality, Colours colours) implements Condition {

    /** What is saved. */
    public enum Colours {
        /** The luma alone, as the literature does it on Classic5 and LIVE1. */
        GRAY,
        /** Colour with halved chroma (4:2:0), as cameras and the web do it. */
        YCBCR_420
    }

    public JpegCompression {
        if (quality < 1 || quality > 100) {
            throw new IllegalArgumentException("JPEG quality must be 1..100, is " + quality);
        }
    }

    @Override
    public String label() {
        return "quality " + quality;
    }

    @Override
    public String protocol() {
        String saved =
                switch (colours) {
                    case GRAY -> "full-range BT.601 luma saved as a gray JPEG";
                    case YCBCR_420 -> "saved as a colour JPEG, 4:2:0";
                };
        return saved
                + " on the IJG quality scale; PSNR, SSIM and PSNR-B of the clipped output over full-range BT.601 luma";
    }

    @Override
    public int scale() {
        return 1;
    }

    @Override
    public int smallestSide() {
        return Ssim.WINDOW;
    }

    @Override
    public Degraded degrade(Raster clean) {
        Raster original =
                switch (colours) {
                    case GRAY -> Luma.fullRange(clean).rounded();
                    case YCBCR_420 -> clean.inColour();
                };
        Raster decoded = JpegCodec.saved(original, quality);
        return new Degraded(original, decoded, decoded, Yardstick.LUMA, 0);
    }
}

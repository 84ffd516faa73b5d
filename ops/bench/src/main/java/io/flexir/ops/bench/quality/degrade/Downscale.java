package io.flexir.ops.bench.quality.degrade;

import io.flexir.ops.bench.image.Bicubic;
import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.bench.quality.measure.Ssim;
import io.flexir.ops.bench.quality.measure.Yardstick;

/**
 * Shrinks a picture by antialiased bicubic resampling, rounded to 8 bits. The picture is first cut,
 * at its right and bottom, to a multiple of the factor.
 *
 * @param scale 2 or more, per axis
 */
public record Downscale(int scale) implements Condition {

    public Downscale {
        if (scale < 2) {
            throw new IllegalArgumentException("a scale must be at least 2, is " + scale);
        }
    }

    @Override
    public String label() {
        return "x" + scale;
    }

    @Override
    public String protocol() {
        return "shrunk by antialiased bicubic resampling, rounded to 8 bits; PSNR and SSIM of the clipped output"
                + " over BT.601 studio-swing luma, without a border as wide as the scale; input is bicubic upscaling";
    }

    @Override
    public int smallestSide() {
        return Ssim.WINDOW + 3 * scale;
    }

    @Override
    public Degraded degrade(Raster clean) {
        int width = clean.width() / scale;
        int height = clean.height() / scale;
        Raster whole = clean.cropped(0, 0, width * scale, height * scale);
        Raster small = Bicubic.resized(whole, width, height).rounded();
        Raster enlarged = Bicubic.resized(small, whole.width(), whole.height());
        return new Degraded(whole, small, enlarged, Yardstick.STUDIO_LUMA, scale);
    }
}

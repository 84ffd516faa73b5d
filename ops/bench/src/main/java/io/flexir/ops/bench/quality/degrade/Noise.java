package io.flexir.ops.bench.quality.degrade;

import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.bench.quality.measure.Ssim;
import io.flexir.ops.bench.quality.measure.Yardstick;
import io.flexir.ops.local.quality.StandardNormal;

/**
 * White Gaussian noise, {@code numpy.random.default_rng(0).normal(0, sigma, [height, width,
 * channels])} for each picture anew.
 *
 * @param sigma standard deviation on the scale 0..255
 * @param form what becomes of the noisy picture
 */
public record Noise(double sigma, Form form) implements Condition {

    private static final double MAX = 255;
    private static final long SEED = 0;

    /** What becomes of the noisy picture. */
    public enum Form {
        /** Stays as it is, beyond black and white too, as the literature feeds it. */
        CUSTOM,
        /** Is clamped and rounded, as an 8-bit file holds it. */
        PNG8
    }

    public Noise {
        if (!(sigma >= 0 && sigma <= MAX)) {
            throw new IllegalArgumentException("sigma must be 0..255, is " + sigma);
        }
    }

    @Override
    public String label() {
        return "sigma " + (sigma == Math.rint(sigma) ? Long.toString((long) sigma) : sigma);
    }

    @Override
    public String protocol() {
        String fed =
                switch (form) {
                    case CUSTOM -> "fed as it is, not clipped";
                    case PNG8 -> "clipped and rounded to 8 bits";
                };
        return "Gaussian noise of numpy.random.default_rng(0) for each image, "
                + fed
                + "; PSNR and SSIM of the clipped output over RGB";
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
        Raster noisy = noisy(clean);
        Raster input =
                switch (form) {
                    case CUSTOM -> noisy;
                    case PNG8 -> noisy.rounded();
                };
        return new Degraded(clean, input, input, Yardstick.PLANES, 0);
    }

    private Raster noisy(Raster clean) {
        StandardNormal normal = new StandardNormal(SEED);
        float[][] planes = clean.planes();
        float[][] noisy = new float[planes.length][planes[0].length];
        for (int i = 0; i < planes[0].length; i++) {
            for (int plane = 0; plane < planes.length; plane++) {
                noisy[plane][i] = (float) (planes[plane][i] + normal.next() * sigma / MAX);
            }
        }
        return new Raster(clean.width(), clean.height(), noisy);
    }
}

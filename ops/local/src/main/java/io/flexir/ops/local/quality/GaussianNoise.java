package io.flexir.ops.local.quality;

/**
 * White Gaussian noise as the denoising literature adds it, rounded to 8 bits: what {@code
 * clip(rint(image + default_rng(seed).normal(0, sigma, image.shape)), 0, 255)} gives in NumPy.
 *
 * @param sigma standard deviation on the scale 0..255
 * @param seed not negative; equal seeds give equal noise
 */
public record GaussianNoise(double sigma, long seed) {

    private static final int MAX = 255;

    public GaussianNoise {
        if (!(sigma >= 0 && sigma <= MAX)) {
            throw new IllegalArgumentException("sigma must be 0..255, was " + sigma);
        }
    }

    /** A noisy copy. */
    public RgbImage addedTo(RgbImage clean) {
        StandardNormal normal = new StandardNormal(seed);
        byte[] noisy = new byte[clean.samples().length];
        for (int i = 0; i < noisy.length; i++) {
            double value = Math.rint(clean.sample(i) + sigma * normal.next());
            noisy[i] = (byte) Math.clamp(value, 0, MAX);
        }
        return new RgbImage(clean.width(), clean.height(), noisy);
    }
}

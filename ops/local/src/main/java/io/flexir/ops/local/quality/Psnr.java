package io.flexir.ops.local.quality;

/** Peak signal-to-noise ratio of 8-bit colour images, over all three channels. */
public final class Psnr {

    private static final double PEAK_SQUARED = 255.0 * 255.0;

    private Psnr() {}

    /**
     * {@code 10 log10(255^2 / mean squared error)} in dB; infinite for equal images.
     *
     * @throws IllegalArgumentException if the sizes differ
     */
    public static double of(RgbImage reference, RgbImage image) {
        if (reference.width() != image.width() || reference.height() != image.height()) {
            throw new IllegalArgumentException(
                    "cannot compare " + size(reference) + " with " + size(image) + " pixels");
        }
        long squares = 0;
        for (int i = 0; i < reference.samples().length; i++) {
            int difference = reference.sample(i) - image.sample(i);
            squares += (long) difference * difference;
        }
        return 10 * Math.log10(PEAK_SQUARED * reference.samples().length / squares);
    }

    private static String size(RgbImage image) {
        return image.width() + " x " + image.height();
    }
}

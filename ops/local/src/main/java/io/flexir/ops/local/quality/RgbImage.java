package io.flexir.ops.local.quality;

/**
 * An 8-bit colour image.
 *
 * @param width pixels
 * @param height pixels
 * @param samples [height, width, 3], red first, each byte 0..255 unsigned; shared, not copied:
 *     nobody writes to it
 */
public record RgbImage(int width, int height, byte[] samples) {

    /** Samples of one pixel. */
    public static final int CHANNELS = 3;

    public RgbImage {
        if (width < 1
                || height < 1
                || samples.length != Math.multiplyExact(width, height) * CHANNELS) {
            throw new IllegalArgumentException(
                    samples.length + " samples do not make " + width + " x " + height + " pixels");
        }
    }

    /** The sample at an index of {@link #samples}, 0..255. */
    public int sample(int index) {
        return Byte.toUnsignedInt(samples[index]);
    }
}

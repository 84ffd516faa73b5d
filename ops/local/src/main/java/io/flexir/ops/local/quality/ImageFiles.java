package io.flexir.ops.local.quality;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/** Reads and writes {@link RgbImage}s. */
public final class ImageFiles {

    private ImageFiles() {}

    /**
     * Reads any format the JDK knows; gray becomes colour, alpha is dropped.
     *
     * @throws IOException if the file is missing or no image
     */
    public static RgbImage read(Path file) throws IOException {
        try {
            return decode(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The same from bytes. */
    public static RgbImage decode(byte[] file) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(file));
        if (image == null) {
            throw new IOException("not an image");
        }
        int[] pixels =
                image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
        byte[] samples = new byte[pixels.length * RgbImage.CHANNELS];
        for (int i = 0; i < pixels.length; i++) {
            samples[3 * i] = (byte) (pixels[i] >>> 16);
            samples[3 * i + 1] = (byte) (pixels[i] >>> 8);
            samples[3 * i + 2] = (byte) pixels[i];
        }
        return new RgbImage(image.getWidth(), image.getHeight(), samples);
    }

    /** Lossless PNG. */
    public static byte[] encodePng(RgbImage image) {
        BufferedImage target =
                new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
        int[] pixels = new int[image.width() * image.height()];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] =
                    image.sample(3 * i) << 16
                            | image.sample(3 * i + 1) << 8
                            | image.sample(3 * i + 2);
        }
        target.setRGB(0, 0, image.width(), image.height(), pixels, 0, image.width());
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        try {
            ImageIO.write(target, "png", png);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot encode a PNG in memory", e);
        }
        return png.toByteArray();
    }
}

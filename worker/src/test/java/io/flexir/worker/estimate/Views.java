package io.flexir.worker.estimate;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;

import javax.imageio.ImageIO;

/**
 * Images whose noise is known. Samples are whole levels of 0..255, as a file of 8 bits has them.
 */
final class Views implements ImageView {
    private static final Path SAMPLES = Path.of("..", "ops", "samples");

    private final BufferedImage image;
    long pixelsRead;

    private Views(BufferedImage image) {
        this.image = image;
    }

    static Views flat(int width, int height, int level) {
        Views view = new Views(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB));
        return view.each(sample -> level);
    }

    static Views photo(String name) {
        try {
            BufferedImage read = ImageIO.read(SAMPLES.resolve(name).toFile());
            Views view = flat(read.getWidth(), read.getHeight(), 0);
            view.image.getGraphics().drawImage(read, 0, 0, null);
            return view;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** With noise in every channel, rounded and cut off as a file does. */
    Views noisy(double sigma) {
        Random random = new Random(7);
        return each(sample -> Math.rint(sample + sigma * random.nextGaussian()));
    }

    /** Gray as files of it are read: three planes alike. */
    Views gray() {
        BufferedImage gray = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                gray.setRGB(x, y, ((image.getRGB(x, y) >> 8) & 0xff) * 0x010101);
            }
        }
        return new Views(gray);
    }

    /** Black from this row on, noise there included. */
    Views blackUnder(int row) {
        BufferedImage partly = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        partly.getGraphics().drawImage(image.getSubimage(0, 0, width(), row), 0, 0, null);
        return new Views(partly);
    }

    private Views each(DoubleUnaryOperator change) {
        BufferedImage changed = new BufferedImage(width(), height(), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < height(); y++) {
            for (int x = 0; x < width(); x++) {
                int rgb = 0;
                for (int shift = 16; shift >= 0; shift -= 8) {
                    double sample = change.applyAsDouble((image.getRGB(x, y) >> shift) & 0xff);
                    rgb |= (int) Math.clamp(sample, 0, 255) << shift;
                }
                changed.setRGB(x, y, rgb);
            }
        }
        return new Views(changed);
    }

    @Override
    public int width() {
        return image.getWidth();
    }

    @Override
    public int height() {
        return image.getHeight();
    }

    @Override
    public void read(int x, int y, int width, int height, FloatBuffer chw) {
        pixelsRead += (long) width * height;
        for (int plane = 0; plane < 3; plane++) {
            for (int row = 0; row < height; row++) {
                for (int column = 0; column < width; column++) {
                    int sample = (image.getRGB(x + column, y + row) >> (16 - 8 * plane)) & 0xff;
                    chw.put((plane * height + row) * width + column, sample / 255f);
                }
            }
        }
    }
}

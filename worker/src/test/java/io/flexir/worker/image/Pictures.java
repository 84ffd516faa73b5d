package io.flexir.worker.image;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures with known samples, and files of them that were not written by the code under test. */
final class Pictures {
    static final int WIDTH = 37;
    static final int HEIGHT = 23;

    private Pictures() {}

    /** Slopes with seeded noise on them, so that every sample differs from its neighbours. */
    static PixelImage picture(Kind kind) {
        return picture(kind, WIDTH, HEIGHT, ImageMetadata.NONE);
    }

    static PixelImage picture(Kind kind, int width, int height, ImageMetadata metadata) {
        Random random = new Random(7);
        Samples colour = Samples.allocate(kind.bits, width * height * kind.channels);
        for (int i = 0; i < width * height * kind.channels; i++) {
            double slope = (double) i / (width * height * kind.channels);
            double value = 0.8 * slope + 0.2 * random.nextDouble();
            colour.set(i, (int) (value * colour.max()));
        }
        Samples alpha = kind.alpha ? Samples.allocate(kind.bits, width * height) : null;
        for (int i = 0; alpha != null && i < width * height; i++) {
            // Never zero: some encoders change the colour of what nobody can see.
            alpha.set(i, 1 + random.nextInt(alpha.max()));
        }
        return new PixelImage(width, height, kind.channels, colour, alpha, metadata);
    }

    /** A smooth picture, which lossy encoders keep well. */
    static PixelImage smooth(Kind kind, int width, int height, ImageMetadata metadata) {
        Samples colour = Samples.allocate(kind.bits, width * height * kind.channels);
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                for (int c = 0; c < kind.channels; c++) {
                    double wave = Math.sin(0.05 * x + c) * Math.cos(0.04 * y - c);
                    colour.set(i++, (int) ((0.5 + 0.4 * wave) * colour.max()));
                }
            }
        }
        Samples alpha = kind.alpha ? Samples.allocate(kind.bits, width * height) : null;
        for (int i = 0; alpha != null && i < width * height; i++) {
            alpha.set(i, alpha.max() - i % width);
        }
        return new PixelImage(width, height, kind.channels, colour, alpha, metadata);
    }

    /** A file by the JDK's writer (for WebP: libwebp, without loss). */
    static byte[] file(ImageFormat format, BufferedImage image) throws IOException {
        ImageWriter writer =
                format == ImageFormat.PNG
                        ? javax.imageio.ImageIO.getImageWritersByFormatName("png").next()
                        : Codecs.writer(format);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (format == ImageFormat.WEBP) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionType("Lossless");
            }
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] file(ImageFormat format, Kind kind) throws IOException {
        return file(format, RasterExport.exact(picture(kind)));
    }

    /** 16 colours, among them a half transparent one where asked for. */
    static BufferedImage palette(int bits, boolean transparent) {
        int size = 1 << bits;
        byte[] red = new byte[size];
        byte[] green = new byte[size];
        byte[] blue = new byte[size];
        byte[] alpha = new byte[size];
        for (int i = 0; i < size; i++) {
            red[i] = (byte) (255 * i / (size - 1));
            green[i] = (byte) (255 - 255 * i / (size - 1));
            blue[i] = (byte) (17 * i);
            alpha[i] = (byte) (transparent && i == 0 ? 128 : 255);
        }
        IndexColorModel model =
                transparent
                        ? new IndexColorModel(bits, size, red, green, blue, alpha)
                        : new IndexColorModel(bits, size, red, green, blue);
        BufferedImage image =
                bits == 8
                        ? new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_INDEXED, model)
                        : new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_BYTE_BINARY, model);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                image.getRaster().setSample(x, y, 0, (x + 3 * y) % size);
            }
        }
        return image;
    }

    static PixelImage decoded(byte[] file) {
        DecodeResult result = new ImageDecoder(ImageLimits.DEFAULT).decode(file);
        return switch (result) {
            case Decoded decoded -> decoded.image();
            case Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    static Refused refused(byte[] file) {
        DecodeResult result = new ImageDecoder(ImageLimits.DEFAULT).decode(file);
        return switch (result) {
            case Refused refused -> refused;
            case Decoded decoded -> throw new AssertionError("was decoded: " + decoded.header());
        };
    }

    static byte[] encoded(PixelImage image, OutputFormat output) {
        return switch (ImageEncoder.encode(image, output)) {
            case EncodedImage encoded -> encoded.bytes();
            case Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    /** Interleaved samples, alpha last. */
    static int[] samples(PixelImage image) {
        Samples alpha = image.alpha();
        int bands = image.channels() + (alpha == null ? 0 : 1);
        int[] all = new int[image.width() * image.height() * bands];
        for (int pixel = 0, i = 0; pixel < image.width() * image.height(); pixel++) {
            for (int c = 0; c < image.channels(); c++) {
                all[i++] = image.colour().get(pixel * image.channels() + c);
            }
            if (alpha != null) {
                all[i++] = alpha.get(pixel);
            }
        }
        return all;
    }
}

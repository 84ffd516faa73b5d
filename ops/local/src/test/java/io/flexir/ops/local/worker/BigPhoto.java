package io.flexir.ops.local.worker;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Random;

import javax.imageio.ImageIO;

/** Photographs of any size: a sample photo, repeated, with noise of sigma 25. */
final class BigPhoto {
    private static final Path SAMPLE = Path.of("..", "samples", "flowers.png");
    private static final int NOISE = 1 << 20;
    private static final double SIGMA = 25;

    private BigPhoto() {}

    /** A JPEG of these many pixels. */
    static byte[] jpeg(int width, int height) {
        try {
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            ImageIO.write(photo(width, height), "jpeg", file);
            return file.toByteArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static BufferedImage photo(int width, int height) throws IOException {
        BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        byte[] samples = ((DataBufferByte) photo.getRaster().getDataBuffer()).getData();
        int[][] rows = rows(ImageIO.read(SAMPLE.toFile()));
        double[] noise = new Random(1).doubles(NOISE, -1, 1).map(u -> SIGMA * 1.73 * u).toArray();
        Random shift = new Random(2);
        for (int y = 0; y < height; y++) {
            int[] row = rows[y % rows.length];
            int from = shift.nextInt(NOISE);
            for (int i = 0; i < 3 * width; i++) {
                double value = row[i % row.length] + noise[(from + i) & (NOISE - 1)];
                samples[3 * width * y + i] = (byte) Math.clamp(Math.round(value), 0, 255);
            }
        }
        return photo;
    }

    private static int[][] rows(BufferedImage image) {
        int[][] rows = new int[image.getHeight()][];
        for (int y = 0; y < rows.length; y++) {
            rows[y] = image.getRaster().getPixels(0, y, image.getWidth(), 1, (int[]) null);
        }
        return rows;
    }
}

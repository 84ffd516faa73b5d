package io.flexir.ops.bench.image;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;
import io.flexir.worker.image.Decoded;
import io.flexir.worker.image.ImageDecoder;
import io.flexir.worker.image.ImageLimits;
import io.flexir.worker.image.PixelImage;
import io.flexir.worker.image.Refused;

import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads pictures as a worker reads them, and writes them as PNG. */
public final class PictureFiles {

    private static final int COLOURS = 3;
    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    private PictureFiles() {}

    /**
     * The picture in colour; transparency is left out.
     *
     * @throws CannotStart if a worker would reject the file
     */
    public static Raster read(Path file) {
        try {
            return switch (DECODER.decode(Files.readAllBytes(file))) {
                case Decoded decoded -> raster(decoded.image());
                case Refused refused ->
                        throw new CannotStart(
                                "cannot read " + file + " as an image: " + refused.sentence());
            };
        } catch (IOException e) {
            throw new CannotStart("cannot read " + file + ": may you read it?", e);
        }
    }

    private static Raster raster(PixelImage image) {
        int pixels = image.width() * image.height();
        FloatBuffer chw = FloatBuffer.allocate(Math.multiplyExact(COLOURS, pixels));
        image.read(0, 0, image.width(), image.height(), chw);
        float[][] planes = new float[COLOURS][pixels];
        for (int plane = 0; plane < COLOURS; plane++) {
            chw.get(plane * pixels, planes[plane]);
        }
        return new Raster(image.width(), image.height(), planes);
    }

    /** Writes an 8-bit PNG; what lies beyond black and white is clamped. */
    public static void writePng(Raster picture, Path file) {
        float[][] planes = picture.rounded().inColour().planes();
        byte[] samples = new byte[planes[0].length * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            float value = planes[i % RgbImage.CHANNELS][i / RgbImage.CHANNELS];
            samples[i] = (byte) Math.round(value * 255);
        }
        try {
            Files.write(
                    file,
                    ImageFiles.encodePng(new RgbImage(picture.width(), picture.height(), samples)));
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write " + file + ": is there room, and may you write there?", e);
        }
    }
}

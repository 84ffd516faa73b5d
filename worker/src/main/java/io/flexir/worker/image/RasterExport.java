package io.flexir.worker.image;

import org.jspecify.annotations.Nullable;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/** Our samples as what ImageIO's writers take; opaque samples are shared, not copied. */
final class RasterExport {
    private RasterExport() {}

    /** As it is: 8 or 16 bits, with its transparency. */
    static BufferedImage exact(PixelImage image) {
        Samples alpha = image.alpha();
        Samples samples = alpha == null ? image.colour() : interleave(image, alpha);
        return wrap(image, samples, alpha != null);
    }

    /** In 8 bits, with its transparency. */
    static BufferedImage eightBits(PixelImage image) {
        return exact(reduced(image));
    }

    /** In 8 bits, laid over white where it is transparent. */
    static BufferedImage opaqueEightBits(PixelImage image) {
        PixelImage reduced = reduced(image);
        Samples alpha = reduced.alpha();
        Samples samples = alpha == null ? reduced.colour() : overWhite(reduced, alpha);
        return wrap(reduced, samples, false);
    }

    private static PixelImage reduced(PixelImage image) {
        @Nullable Samples alpha = image.alpha();
        return new PixelImage(
                image.width(),
                image.height(),
                image.channels(),
                image.colour().toBytes(),
                alpha == null ? null : alpha.toBytes(),
                image.metadata());
    }

    private static Samples interleave(PixelImage image, Samples alpha) {
        int channels = image.channels();
        int pixels = image.width() * image.height();
        Samples both = Samples.allocate(image.bitDepth(), pixels * (channels + 1));
        for (int pixel = 0, to = 0; pixel < pixels; pixel++) {
            for (int c = 0; c < channels; c++) {
                both.set(to++, image.colour().get(pixel * channels + c));
            }
            both.set(to++, alpha.get(pixel));
        }
        return both;
    }

    private static Samples overWhite(PixelImage image, Samples alpha) {
        Samples colour = image.colour();
        int length = image.width() * image.height() * image.channels();
        Samples flat = Samples.allocate(8, length);
        for (int i = 0; i < length; i++) {
            int opacity = alpha.get(i / image.channels());
            flat.set(i, (colour.get(i) * opacity + 255 * (255 - opacity) + 127) / 255);
        }
        return flat;
    }

    private static BufferedImage wrap(PixelImage image, Samples samples, boolean hasAlpha) {
        DataBuffer data =
                switch (samples) {
                    case Samples.Bytes bytes ->
                            new DataBufferByte(bytes.array(), bytes.array().length);
                    case Samples.Shorts shorts ->
                            new DataBufferUShort(shorts.array(), shorts.array().length);
                };
        int bands = image.channels() + (hasAlpha ? 1 : 0);
        int[] offsets = new int[bands];
        for (int i = 0; i < bands; i++) {
            offsets[i] = i;
        }
        WritableRaster raster =
                Raster.createInterleavedRaster(
                        data,
                        image.width(),
                        image.height(),
                        image.width() * bands,
                        bands,
                        offsets,
                        null);
        return new BufferedImage(
                colorModel(image.channels(), hasAlpha, data.getDataType()), raster, false, null);
    }

    private static ColorModel colorModel(int channels, boolean hasAlpha, int dataType) {
        int space = channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
        return new ComponentColorModel(
                ColorSpace.getInstance(space),
                hasAlpha,
                false,
                hasAlpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
                dataType);
    }
}

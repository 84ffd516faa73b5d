package io.flexir.worker.image;

import com.luciad.imageio.webp.WebPImageWriterSpi;
import com.twelvemonkeys.imageio.plugins.bmp.BMPImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;

import java.io.IOException;

import javax.imageio.ImageReader;
import javax.imageio.ImageWriter;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.IIOServiceProvider;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageWriterSpi;

/**
 * The plug-ins in use, each by name. None is ever asked whether it can decode some bytes: what else
 * lies on the class path gets no file to look at. Streams are in memory; there is no disk cache.
 */
final class Codecs {
    private Codecs() {}

    /** A reader of the format, to be used once and disposed of. */
    static ImageReader reader(ImageFormat format) throws IOException {
        return readerSpi(format).createReaderInstance();
    }

    /** A writer of the format, to be used once and disposed of; PNG is written by our own. */
    static ImageWriter writer(ImageFormat format) throws IOException {
        return writerSpi(format).createWriterInstance();
    }

    private static ImageReaderSpi readerSpi(ImageFormat format) {
        return switch (format) {
            case PNG -> jdk(ImageReaderSpi.class, "com.sun.imageio.plugins.png.PNGImageReaderSpi");
            case JPEG -> Jpeg.READER;
            case TIFF -> new TIFFImageReaderSpi();
            case BMP -> new BMPImageReaderSpi();
            case WEBP -> new WebPImageReaderSpi();
        };
    }

    private static ImageWriterSpi writerSpi(ImageFormat format) {
        return switch (format) {
            case PNG -> throw new IllegalArgumentException("PNG is written by PngWriter");
            case JPEG ->
                    jdk(ImageWriterSpi.class, "com.sun.imageio.plugins.jpeg.JPEGImageWriterSpi");
            case TIFF ->
                    jdk(ImageWriterSpi.class, "com.sun.imageio.plugins.tiff.TIFFImageWriterSpi");
            case BMP -> jdk(ImageWriterSpi.class, "com.sun.imageio.plugins.bmp.BMPImageWriterSpi");
            case WEBP -> new WebPImageWriterSpi();
        };
    }

    /** The JDK keeps its own providers where only the registry can reach them. */
    private static <T extends IIOServiceProvider> T jdk(Class<T> category, String className) {
        var providers = IIORegistry.getDefaultInstance().getServiceProviders(category, false);
        while (providers.hasNext()) {
            T provider = providers.next();
            if (provider.getClass().getName().equals(className)) {
                return provider;
            }
        }
        throw new IllegalStateException("this JDK has no image plug-in " + className);
    }

    /** Finds the JDK's reader, which it stands in front of, only by being registered; done once. */
    private static final class Jpeg {
        static final JPEGImageReaderSpi READER = new JPEGImageReaderSpi();

        static {
            IIORegistry.getDefaultInstance().registerServiceProvider(READER, ImageReaderSpi.class);
        }
    }
}

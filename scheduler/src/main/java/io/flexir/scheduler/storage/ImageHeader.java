package io.flexir.scheduler.storage;

import io.flexir.contracts.request.ImageSize;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Reads an image's size from the start of its file, without decoding a pixel. The size only
 * sharpens the prediction of cost, so whatever is not understood is simply unknown; whether the
 * file is an image at all is for a worker to say.
 */
public final class ImageHeader {
    /** Enough for the headers of nearly every file, a JPEG's preview and profile included. */
    public static final int BYTES = 64 * 1024;

    // The JDK's own readers, which take the size from the header. TIFF is left out: its directory
    // may lie anywhere in the
    // file and states counts that a reader would allocate for.
    private static final String TRUSTED_READERS = "com.sun.imageio.plugins.";
    private static final Set<String> FORMATS = Set.of("png", "jpeg", "bmp", "gif");

    private ImageHeader() {}

    /** The size stated in these first bytes of a file, where they state one. */
    public static Optional<ImageSize> sizeOf(byte[] start) {
        try (ImageInputStream input =
                new MemoryCacheImageInputStream(new ByteArrayInputStream(start))) {
            Iterator<ImageReader> readers = ImageIO.getImageReaders(input);
            while (readers.hasNext()) {
                ImageReader reader = readers.next();
                if (trusted(reader)) {
                    return Optional.of(read(reader, input));
                }
            }
            return Optional.empty();
        } catch (IOException | RuntimeException unreadable) {
            // The readers answer a mangled header with any exception there is.
            return Optional.empty();
        }
    }

    private static boolean trusted(ImageReader reader) throws IOException {
        var provider = reader.getOriginatingProvider();
        return provider.getPluginClassName().startsWith(TRUSTED_READERS)
                && FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT));
    }

    private static ImageSize read(ImageReader reader, ImageInputStream input) throws IOException {
        try {
            reader.setInput(input, true, true);
            return new ImageSize(reader.getWidth(0), reader.getHeight(0));
        } finally {
            reader.dispose();
        }
    }
}

package io.flexir.worker.image;

import com.luciad.imageio.webp.CompressionType;
import com.luciad.imageio.webp.WebPWriteParam;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Lossy WebP by libwebp, with profile and EXIF in the extended format (RFC 9649, section 2.7). */
final class WebpWriter {
    private static final int ICC_FLAG = 0x20;
    private static final int EXIF_FLAG = 0x08;

    private WebpWriter() {}

    static FileBytes write(PixelImage picture, int quality) throws IOException {
        PixelImage image = picture.channels() == 1 ? inColour(picture) : picture;
        FileBytes plain =
                PluginWriter.write(
                        ImageFormat.WEBP,
                        RasterExport.eightBits(image),
                        (writer, param, type) -> {
                            WebPWriteParam webp = (WebPWriteParam) param;
                            webp.setCompressionType(CompressionType.Lossy);
                            webp.setCompressionQuality(quality / 100f);
                            return null;
                        });
        ImageMetadata metadata = image.metadata();
        boolean nothingToAdd = !metadata.hasIccProfile() && !metadata.hasExif();
        return nothingToAdd ? plain : withMetadata(plain.joined(), image);
    }

    /** Whether libwebp can be loaded; tried once, by writing one pixel. */
    static boolean isAvailable() {
        return Probe.AVAILABLE;
    }

    /** WebP has no gray; a profile for gray does not fit what becomes of it. */
    private static PixelImage inColour(PixelImage gray) {
        int pixels = gray.width() * gray.height();
        Samples colour = Samples.allocate(gray.bitDepth(), 3 * pixels);
        for (int i = 0; i < 3 * pixels; i++) {
            colour.set(i, gray.colour().get(i / 3));
        }
        ImageMetadata metadata = new ImageMetadata(Envelope.ABSENT, gray.metadata().exif());
        return new PixelImage(gray.width(), gray.height(), 3, colour, gray.alpha(), metadata);
    }

    private static FileBytes withMetadata(byte[] plain, PixelImage image) {
        ImageMetadata metadata = image.metadata();
        ByteArrayOutputStream chunks = new ByteArrayOutputStream(plain.length + 1024);
        WebpFile.writeChunk(chunks, WebpFile.VP8X, extendedHeader(image));
        if (metadata.hasIccProfile()) {
            WebpFile.writeChunk(chunks, WebpFile.ICCP, metadata.iccProfile());
        }
        int pictureAt = pictureAt(plain);
        chunks.write(plain, pictureAt, plain.length - pictureAt);
        if (metadata.hasExif()) {
            WebpFile.writeChunk(chunks, WebpFile.EXIF, metadata.exif());
        }
        return FileBytes.of(WebpFile.riff(chunks.toByteArray()));
    }

    /** With transparency libwebp writes an extended header of its own; ours replaces it. */
    private static int pictureAt(byte[] plain) {
        ByteBuffer in = ByteBuffer.wrap(plain).order(ByteOrder.LITTLE_ENDIAN);
        boolean extended = in.getInt(WebpFile.HEADER_BYTES) == WebpFile.VP8X;
        return WebpFile.HEADER_BYTES + (extended ? 8 + in.getInt(WebpFile.HEADER_BYTES + 4) : 0);
    }

    private static byte[] extendedHeader(PixelImage image) {
        int flags =
                (image.metadata().hasIccProfile() ? ICC_FLAG : 0)
                        | (image.metadata().hasExif() ? EXIF_FLAG : 0)
                        | (image.hasAlpha() ? WebpFile.ALPHA_FLAG : 0);
        // The sizes are 24 bits wide: the second overwrites the first one's empty upper byte.
        ByteBuffer header = ByteBuffer.allocate(11).order(ByteOrder.LITTLE_ENDIAN);
        header.putInt(0, flags).putInt(4, image.width() - 1).putInt(7, image.height() - 1);
        return Arrays.copyOf(header.array(), 10);
    }

    private static final class Probe {
        static final boolean AVAILABLE = writesOnePixel();

        private static boolean writesOnePixel() {
            Samples pixel = Samples.allocate(8, 3);
            try {
                return write(new PixelImage(1, 1, 3, pixel, null, ImageMetadata.NONE), 50).length()
                        > 0;
            } catch (IOException | RuntimeException | LinkageError unavailable) {
                return false;
            }
        }
    }
}

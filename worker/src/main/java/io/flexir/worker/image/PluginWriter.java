package io.flexir.worker.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** One picture through one ImageIO plug-in, into memory. */
final class PluginWriter {
    private PluginWriter() {}

    /**
     * @param settings sets compression and metadata on what the plug-in would take by default
     */
    static byte[] write(ImageFormat format, BufferedImage image, Settings settings)
            throws IOException {
        ImageWriter writer = Codecs.writer(format);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(image);
            IIOMetadata metadata = settings.apply(writer, param, type);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** What differs between formats. */
    @FunctionalInterface
    interface Settings {
        @org.jspecify.annotations.Nullable
        IIOMetadata apply(ImageWriter writer, ImageWriteParam param, ImageTypeSpecifier type)
                throws IOException;
    }
}

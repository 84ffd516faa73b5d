package io.flexir.worker.image;

import java.awt.image.BufferedImage;
import java.io.IOException;

import javax.imageio.IIOImage;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;

/** One picture through one ImageIO plug-in, into memory. */
final class PluginWriter {
    private PluginWriter() {}

    /**
     * @param settings sets compression and metadata on what the plug-in would take by default
     */
    static FileBytes write(ImageFormat format, BufferedImage image, Settings settings)
            throws IOException {
        ImageWriter writer = Codecs.writer(format);
        try (FileBuffer out = new FileBuffer()) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            ImageTypeSpecifier type = ImageTypeSpecifier.createFromRenderedImage(image);
            IIOMetadata metadata = settings.apply(writer, param, type);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, metadata), param);
            return out.toFile();
        } finally {
            writer.dispose();
        }
    }

    /** What differs between formats. */
    @FunctionalInterface
    interface Settings {
        @org.jspecify.annotations.Nullable
        IIOMetadata apply(ImageWriter writer, ImageWriteParam param, ImageTypeSpecifier type)
                throws IOException;
    }
}

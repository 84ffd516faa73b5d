package io.flexir.worker.image;

import java.io.IOException;

/** Uncompressed Windows bitmaps: gray with a palette, or 24 bits a pixel. */
final class BmpWriter {
    private BmpWriter() {}

    static FileBytes write(PixelImage image) throws IOException {
        return PluginWriter.write(
                ImageFormat.BMP,
                RasterExport.opaqueEightBits(image),
                (writer, param, type) -> null);
    }
}

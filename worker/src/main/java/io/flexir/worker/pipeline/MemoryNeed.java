package io.flexir.worker.pipeline;

import io.flexir.worker.image.ImageEncoder;
import io.flexir.worker.image.ImageFile;
import io.flexir.worker.image.OutputFormat;

/** What an image will take, told from its header. */
final class MemoryNeed {
    private MemoryNeed() {}

    /**
     * Bytes in use at once at most: while the file is decoded, while the network runs, or while the
     * result is written, whichever is most. What the network used stays with the process, so it
     * counts in all three.
     *
     * @param fileBytes length of the input file
     * @param scale output pixels per input pixel, per axis
     * @param workspaceBytes what the engine takes for an image of this size
     */
    static long of(
            ImageFile file, long fileBytes, int scale, OutputFormat output, long workspaceBytes) {
        long input = file.pictureBytes();
        long result = input * scale * scale;
        long decoding = fileBytes + file.decodingBytes();
        // At scale 1 the result takes the input's place.
        long restoring = scale == 1 ? input : input + result;
        long encoding = ImageEncoder.encodingBytes(file, scale, output);
        return workspaceBytes + Math.max(decoding, Math.max(restoring, encoding));
    }
}

package io.flexir.worker.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Takes a Windows bitmap apart as far as its header goes. */
final class BmpFile {
    private static final int INFO_AT = 14;
    private static final int OS2_INFO_BYTES = 12;
    private static final int COMPRESSION_JPEG = 4;
    private static final int COMPRESSION_PNG = 5;
    private static final int MOST_CHANNELS = 4;

    private BmpFile() {}

    static Envelope parse(byte[] file) throws MalformedImageException {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int infoBytes = in.getInt(INFO_AT);
        if (infoBytes < OS2_INFO_BYTES || infoBytes > 1024) {
            throw MalformedImageException.corrupt("The BMP file's header has a wrong length.");
        }
        boolean os2 = infoBytes == OS2_INFO_BYTES;
        if (!os2) {
            refuseEmbedded(in.getInt(INFO_AT + 16));
        }
        int width = os2 ? in.getShort(INFO_AT + 4) & 0xFFFF : in.getInt(INFO_AT + 4);
        int height = os2 ? in.getShort(INFO_AT + 6) & 0xFFFF : in.getInt(INFO_AT + 8);
        int bitsPerPixel = in.getShort(INFO_AT + (os2 ? 10 : 14));
        ImageHeader header =
                new ImageHeader(
                        ImageFormat.BMP,
                        width,
                        // A negative height says that the first row is the top one.
                        height == Integer.MIN_VALUE ? 0 : Math.abs(height),
                        1,
                        MOST_CHANNELS,
                        Math.min(bitsPerPixel, 8));
        return new Envelope(header, Orientation.UPRIGHT, Envelope.ABSENT, Envelope.ABSENT, 0, file);
    }

    private static void refuseEmbedded(int compression) throws MalformedImageException {
        if (compression == COMPRESSION_JPEG || compression == COMPRESSION_PNG) {
            throw MalformedImageException.unsupported(
                    "BMP files that wrap a JPEG or PNG are not read. Send the JPEG or PNG itself.");
        }
    }
}

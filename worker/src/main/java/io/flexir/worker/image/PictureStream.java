package io.flexir.worker.image;

import java.io.IOException;

import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Bytes for a plug-in. Reaching the end is told as usual, but only so often: some decoders take it
 * for zeros and would go on for minutes, pixel by pixel, over the size that a header claimed.
 */
final class PictureStream extends ImageInputStreamImpl {
    private static final int MAX_READS_AT_END = 64;

    /** The clock costs more than the read of a byte. */
    private static final int READS_BETWEEN_LOOKS = 4096;

    private final byte[] bytes;
    private final DecodingTime time;
    private int readsAtEnd;
    private int readsUntilLook = READS_BETWEEN_LOOKS;

    PictureStream(byte[] bytes, DecodingTime time) {
        this.bytes = bytes;
        this.time = time;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        keepTime();
        if (streamPos >= bytes.length) {
            return atEnd();
        }
        return bytes[(int) streamPos++] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        keepTime();
        if (streamPos >= bytes.length) {
            return atEnd();
        }
        int read = Math.min(length, bytes.length - (int) streamPos);
        System.arraycopy(bytes, (int) streamPos, to, offset, read);
        streamPos += read;
        return read;
    }

    @Override
    public long length() {
        return bytes.length;
    }

    private void keepTime() throws MalformedImageException {
        if (--readsUntilLook <= 0) {
            readsUntilLook = READS_BETWEEN_LOOKS;
            if (time.isOver()) {
                throw time.refusal();
            }
        }
    }

    private int atEnd() throws MalformedImageException {
        if (++readsAtEnd > MAX_READS_AT_END) {
            throw MalformedImageException.corrupt(
                    "The picture data ends too early. Send the file again, in full.");
        }
        return -1;
    }
}

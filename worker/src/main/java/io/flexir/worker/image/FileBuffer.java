package io.flexir.worker.image;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.stream.ImageOutputStreamImpl;

/**
 * A file that is being written, in memory, piece by piece: it never has to be copied to become
 * larger. What takes it out gets the pieces; nothing may be written after that.
 */
final class FileBuffer extends ImageOutputStreamImpl {
    private static final int PIECE_BYTES = 1 << 20;

    private final List<byte[]> pieces = new ArrayList<>();
    private long length;

    @Override
    public void write(int value) throws IOException {
        write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] from) throws IOException {
        write(from, 0, from.length);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        flushBits();
        for (int done = 0; done < count; ) {
            while (streamPos >= (long) pieces.size() * PIECE_BYTES) {
                pieces.add(new byte[PIECE_BYTES]);
            }
            int at = (int) (streamPos % PIECE_BYTES);
            int part = Math.min(count - done, PIECE_BYTES - at);
            System.arraycopy(from, offset + done, piece(), at, part);
            done += part;
            streamPos += part;
        }
        length = Math.max(length, streamPos);
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int offset, int count) {
        bitOffset = 0;
        if (streamPos >= length) {
            return -1;
        }
        int at = (int) (streamPos % PIECE_BYTES);
        int left = (int) Math.min(length - streamPos, PIECE_BYTES - at);
        int part = Math.min(count, left);
        System.arraycopy(piece(), at, to, offset, part);
        streamPos += part;
        return part;
    }

    private byte[] piece() {
        return pieces.get((int) (streamPos / PIECE_BYTES));
    }

    @Override
    public long length() {
        return length;
    }

    /** Everything that was written. */
    FileBytes toFile() {
        return new FileBytes(pieces, length);
    }
}

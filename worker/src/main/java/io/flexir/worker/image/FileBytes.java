package io.flexir.worker.image;

import java.security.MessageDigest;
import java.util.List;

/** A finished file in pieces of equal length, of which the last may not be filled. */
final class FileBytes {
    private final List<byte[]> pieces;
    private final long length;

    FileBytes(List<byte[]> pieces, long length) {
        this.pieces = List.copyOf(pieces);
        this.length = length;
    }

    static FileBytes of(byte[] file) {
        return new FileBytes(List.of(file), file.length);
    }

    long length() {
        return length;
    }

    /** Takes the file into a digest. */
    void digest(MessageDigest digest) {
        forEach((piece, count) -> digest.update(piece, 0, count));
    }

    /** A copy in one piece. */
    byte[] joined() {
        byte[] file = new byte[Math.toIntExact(length)];
        int[] at = new int[1];
        forEach(
                (piece, count) -> {
                    System.arraycopy(piece, 0, file, at[0], count);
                    at[0] += count;
                });
        return file;
    }

    private void forEach(Part part) {
        long left = length;
        for (byte[] piece : pieces) {
            int count = (int) Math.min(left, piece.length);
            part.take(piece, count);
            left -= count;
        }
    }

    @FunctionalInterface
    private interface Part {
        void take(byte[] piece, int count);
    }
}

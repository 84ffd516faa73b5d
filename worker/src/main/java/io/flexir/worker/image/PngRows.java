package io.flexir.worker.image;

import org.jspecify.annotations.Nullable;

/**
 * A picture's rows as PNG filters them (PNG 3rd edition, section 9): of the filters the one whose
 * output is smallest in absolute sum, the standard's own rule of thumb. Ask for rows in order, from
 * the first one on.
 */
final class PngRows {
    private final PixelImage image;
    private final int pixelBytes;
    private final int rowBytes;
    private final byte[][] candidates;

    /** The rows begin with one pixel of zeros, the left neighbour of the first. */
    private byte[] current;

    private byte[] above;

    PngRows(PixelImage image, int firstRow) {
        this.image = image;
        int samples = image.channels() + (image.hasAlpha() ? 1 : 0);
        this.pixelBytes = samples * image.bitDepth() / 8;
        this.rowBytes = pixelBytes * image.width();
        this.current = new byte[pixelBytes + rowBytes];
        this.above = new byte[pixelBytes + rowBytes];
        this.candidates = new byte[4][1 + rowBytes];
        for (int i = 0; i < candidates.length; i++) {
            candidates[i][0] = (byte) (i + 1);
        }
        if (firstRow > 0) {
            fill(firstRow - 1);
        }
    }

    /** Filter type and filtered bytes of row {@code y}; valid until the next call. */
    byte[] filtered(int y) {
        byte[] last = above;
        above = current;
        current = last;
        fill(y);
        int best = 0;
        long bestSum = Long.MAX_VALUE;
        for (int i = 0; i < candidates.length; i++) {
            long sum = filter(i, candidates[i]);
            if (sum < bestSum) {
                bestSum = sum;
                best = i;
            }
        }
        return candidates[best];
    }

    private long filter(int filter, byte[] to) {
        return switch (filter) {
            case 0 -> subtractLeft(to);
            case 1 -> subtractAbove(to);
            case 2 -> subtractAverage(to);
            default -> subtractPaeth(to);
        };
    }

    private long subtractLeft(byte[] to) {
        long sum = 0;
        for (int i = 0; i < rowBytes; i++) {
            byte value = (byte) (current[i + pixelBytes] - current[i]);
            to[i + 1] = value;
            sum += Math.abs(value);
        }
        return sum;
    }

    private long subtractAbove(byte[] to) {
        long sum = 0;
        for (int i = 0; i < rowBytes; i++) {
            byte value = (byte) (current[i + pixelBytes] - above[i + pixelBytes]);
            to[i + 1] = value;
            sum += Math.abs(value);
        }
        return sum;
    }

    private long subtractAverage(byte[] to) {
        long sum = 0;
        for (int i = 0; i < rowBytes; i++) {
            int average = ((current[i] & 0xFF) + (above[i + pixelBytes] & 0xFF)) >> 1;
            byte value = (byte) (current[i + pixelBytes] - average);
            to[i + 1] = value;
            sum += Math.abs(value);
        }
        return sum;
    }

    private long subtractPaeth(byte[] to) {
        long sum = 0;
        for (int i = 0; i < rowBytes; i++) {
            int left = current[i] & 0xFF;
            int up = above[i + pixelBytes] & 0xFF;
            int corner = above[i] & 0xFF;
            byte value = (byte) (current[i + pixelBytes] - paeth(left, up, corner));
            to[i + 1] = value;
            sum += Math.abs(value);
        }
        return sum;
    }

    private static int paeth(int left, int up, int corner) {
        int toLeft = Math.abs(up - corner);
        int toUp = Math.abs(left - corner);
        int toCorner = Math.abs(left + up - 2 * corner);
        if (toLeft <= toUp && toLeft <= toCorner) {
            return left;
        }
        return toUp <= toCorner ? up : corner;
    }

    private void fill(int y) {
        int channels = image.channels();
        interleave(image.colour(), y, channels, 0);
        interleave(image.alpha(), y, 1, channels);
    }

    /** Puts a row of samples into the current row, from sample {@code first} of each pixel on. */
    private void interleave(@Nullable Samples samples, int y, int channels, int first) {
        int width = image.width();
        int start = y * width * channels;
        switch (samples) {
            case null -> {}
            case Samples.Bytes bytes -> {
                for (int x = 0, from = start; x < width; x++) {
                    int to = pixelBytes * (x + 1) + first;
                    for (int c = 0; c < channels; c++) {
                        current[to + c] = bytes.array()[from++];
                    }
                }
            }
            case Samples.Shorts shorts -> {
                for (int x = 0, from = start; x < width; x++) {
                    int to = pixelBytes * (x + 1) + 2 * first;
                    for (int c = 0; c < channels; c++) {
                        short value = shorts.array()[from++];
                        current[to + 2 * c] = (byte) (value >> 8);
                        current[to + 2 * c + 1] = (byte) value;
                    }
                }
            }
        }
    }
}

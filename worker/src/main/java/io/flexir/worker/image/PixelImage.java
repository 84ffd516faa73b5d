package io.flexir.worker.image;

import org.jspecify.annotations.Nullable;

import java.nio.FloatBuffer;

/**
 * An upright picture in memory: gray or RGB samples of 8 or 16 bits, interleaved, and beside them
 * an alpha plane (straight, not premultiplied) that restoration never touches.
 *
 * <p>There is no whole-image float buffer: {@link #read} turns one rectangle at a time into floats.
 * A picture of 50 megapixels in 8-bit RGB takes 150 MB. Read-only, so safe for any thread.
 */
public final class PixelImage {
    private final int width;
    private final int height;
    private final int channels;
    private final Samples colour;
    private final @Nullable Samples alpha;
    private final ImageMetadata metadata;

    /**
     * @param colour {@code [height, width, channels]}
     * @param alpha {@code [height, width]}, of the same depth; null for an opaque picture
     */
    PixelImage(
            int width,
            int height,
            int channels,
            Samples colour,
            @Nullable Samples alpha,
            ImageMetadata metadata) {
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.colour = colour;
        this.alpha = alpha;
        this.metadata = metadata;
    }

    /** Width in pixels, at least 1. */
    public int width() {
        return width;
    }

    /** Height in pixels, at least 1. */
    public int height() {
        return height;
    }

    /** Stored colour channels: 1 (gray) or 3 (red, green, blue). */
    public int channels() {
        return channels;
    }

    /** Bits per sample: 8 or 16. */
    public int bitDepth() {
        return colour.bits();
    }

    /** Whether there is an alpha plane. */
    public boolean hasAlpha() {
        return alpha != null;
    }

    /** What is carried beside the pixels. */
    public ImageMetadata metadata() {
        return metadata;
    }

    /**
     * Fills {@code chw} from index 0 with a rectangle: planar {@code [3, height, width]}, values in
     * [0, 1] (sample / largest sample). Gray is repeated to three planes. What lies beyond the edge
     * is the nearest edge pixel.
     */
    public void read(int x, int y, int width, int height, FloatBuffer chw) {
        float[] row = new float[width];
        for (int plane = 0; plane < 3; plane++) {
            int band = channels == 1 ? 0 : plane;
            for (int r = 0; r < height; r++) {
                readRow(x, Math.clamp(y + r, 0, this.height - 1), band, row);
                chw.put((plane * height + r) * width, row);
            }
        }
    }

    private void readRow(int x, int y, int band, float[] row) {
        float max = colour.max();
        int start = y * width * channels + band;
        for (int i = 0; i < row.length; i++) {
            int column = Math.clamp(x + i, 0, width - 1);
            row[i] = colour.get(start + column * channels) / max;
        }
    }

    Samples colour() {
        return colour;
    }

    @Nullable Samples alpha() {
        return alpha;
    }
}

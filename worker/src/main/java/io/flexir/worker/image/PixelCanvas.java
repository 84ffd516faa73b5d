package io.flexir.worker.image;

import org.jspecify.annotations.Nullable;

import java.nio.FloatBuffer;

/**
 * Takes restored rectangles and keeps them in whole-number samples of the input's depth. It is as
 * large as the input times the model's scale; alpha and metadata come from the input.
 *
 * <p>At scale 1 the result takes the input's place, row by row as {@link #release} says that the
 * input is not needed any more; what is written below waits in a band of its own. The picture is
 * thus in memory once. Belongs to one thread.
 */
public final class PixelCanvas {
    private final PixelImage input;
    private final int width;
    private final int height;
    private final int channels;
    private final Samples colour;
    private final @Nullable WaitingRows waiting;

    /**
     * A canvas of {@code scale} times the input's size. Ask {@link ImageLimits#refusalOfScale}
     * first.
     */
    public PixelCanvas(PixelImage input, int scale) {
        this.input = input;
        this.width = Math.multiplyExact(input.width(), scale);
        this.height = Math.multiplyExact(input.height(), scale);
        this.channels = input.channels();
        int length = Math.multiplyExact(Math.multiplyExact(width, height), channels);
        this.colour = scale == 1 ? input.colour() : Samples.allocate(input.bitDepth(), length);
        this.waiting = scale == 1 ? new WaitingRows(colour, width * channels) : null;
    }

    /** Says that the input's rows above {@code row} will not be read again. */
    public void release(int row) {
        if (waiting != null) {
            waiting.release(row);
        }
    }

    /** Width in output pixels. */
    public int width() {
        return width;
    }

    /** Height in output pixels. */
    public int height() {
        return height;
    }

    /**
     * Takes a rectangle that lies within the canvas, replacing what was there.
     *
     * @param chw planar {@code [3, height, width]} from index 0; values are clamped to [0, 1] and
     *     rounded to the nearest sample, NaN becomes 0; on a gray canvas the three are averaged
     */
    public void write(int x, int y, int width, int height, FloatBuffer chw) {
        if (x < 0 || y < 0 || x + width > this.width || y + height > this.height) {
            throw new IllegalArgumentException(
                    "rectangle %d,%d %dx%d leaves the canvas of %dx%d"
                            .formatted(x, y, width, height, this.width, this.height));
        }
        float[] row = new float[width];
        for (int r = 0; r < height; r++) {
            Samples waitingRow = waiting == null ? null : waiting.row(y + r);
            Samples to = waitingRow == null ? colour : waitingRow;
            int start = (waitingRow == null ? (y + r) * this.width + x : x) * channels;
            for (int band = 0; band < channels; band++) {
                takeRow(chw, band, r, height, row);
                writeRow(to, start + band, row);
            }
        }
    }

    /**
     * The picture, once all of it is written; shares its samples with this canvas, and at scale 1
     * with the input.
     */
    public PixelImage toImage() {
        release(height);
        return new PixelImage(width, height, channels, colour, alpha(), input.metadata());
    }

    private void takeRow(FloatBuffer chw, int band, int r, int height, float[] row) {
        int plane = height * row.length;
        int start = r * row.length;
        if (channels == 3) {
            chw.get(band * plane + start, row);
            return;
        }
        for (int i = 0; i < row.length; i++) {
            int at = start + i;
            row[i] = (chw.get(at) + chw.get(plane + at) + chw.get(2 * plane + at)) / 3;
        }
    }

    private void writeRow(Samples to, int start, float[] row) {
        int max = to.max();
        int at = start;
        for (float value : row) {
            // Math.round takes NaN to 0.
            to.set(at, Math.clamp(Math.round(value * max), 0, max));
            at += channels;
        }
    }

    private @Nullable Samples alpha() {
        Samples alpha = input.alpha();
        if (alpha == null || width == input.width()) {
            return alpha;
        }
        return Planes.enlarge(alpha, input.width(), input.height(), width, height);
    }
}

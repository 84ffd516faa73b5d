package io.flexir.worker.restore.region;

/**
 * A rectangle of pixels.
 *
 * @param x left column, inclusive
 * @param y top row, inclusive
 * @param width columns, at least 1
 * @param height rows, at least 1
 */
public record Rect(int x, int y, int width, int height) {
    public Rect {
        if (x < 0 || y < 0 || width < 1 || height < 1) {
            throw new IllegalArgumentException(
                    "not a rectangle: " + x + "," + y + " " + width + "x" + height);
        }
    }

    public int right() {
        return x + width;
    }

    public int bottom() {
        return y + height;
    }

    public long pixels() {
        return (long) width * height;
    }

    /** Whether every pixel of {@code other} lies in this rectangle. */
    public boolean contains(Rect other) {
        return x <= other.x
                && y <= other.y
                && right() >= other.right()
                && bottom() >= other.bottom();
    }
}

package io.flexir.worker.restore.region;

import java.util.Optional;

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

    /** This rectangle with {@code margin} pixels more on each side, as far as {@code bounds} go. */
    public Rect grown(int margin, Rect bounds) {
        int left = Math.max(bounds.x, x - margin);
        int top = Math.max(bounds.y, y - margin);
        return new Rect(
                left,
                top,
                Math.min(bounds.right(), right() + margin) - left,
                Math.min(bounds.bottom(), bottom() + margin) - top);
    }

    /** The pixels that this rectangle shares with another one, if any. */
    public Optional<Rect> common(Rect other) {
        int left = Math.max(x, other.x);
        int top = Math.max(y, other.y);
        int commonWidth = Math.min(right(), other.right()) - left;
        int commonHeight = Math.min(bottom(), other.bottom()) - top;
        return commonWidth > 0 && commonHeight > 0
                ? Optional.of(new Rect(left, top, commonWidth, commonHeight))
                : Optional.empty();
    }

    /** This rectangle seen from one that it lies right of and below. */
    public Rect within(Rect outer) {
        return new Rect(x - outer.x, y - outer.y, width, height);
    }
}

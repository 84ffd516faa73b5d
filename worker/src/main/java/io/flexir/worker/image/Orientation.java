package io.flexir.worker.image;

/**
 * EXIF tag 274: how stored rows and columns lie in the upright picture. A pixel's upright index is
 * {@code origin + column * columnStep + row * rowStep}.
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    ROTATED_180(false, true, true),
    FLIPPED(false, false, true),
    TRANSPOSED(true, false, false),
    /** Shown by turning it clockwise. */
    ROTATED_90(true, true, false),
    TRANSVERSED(true, true, true),
    /** Shown by turning it counterclockwise. */
    ROTATED_270(true, false, true);

    private final boolean swapsAxes;
    private final boolean fromRight;
    private final boolean fromBottom;

    /**
     * @param swapsAxes stored rows are upright columns
     * @param fromRight the first stored pixel lies at the upright picture's right edge
     * @param fromBottom the first stored pixel lies at its bottom edge
     */
    Orientation(boolean swapsAxes, boolean fromRight, boolean fromBottom) {
        this.swapsAxes = swapsAxes;
        this.fromRight = fromRight;
        this.fromBottom = fromBottom;
    }

    /** For an EXIF value; what is not 1 to 8 counts as upright. */
    static Orientation ofTag(int value) {
        return value >= 1 && value <= values().length ? values()[value - 1] : UPRIGHT;
    }

    int uprightWidth(int storedWidth, int storedHeight) {
        return swapsAxes ? storedHeight : storedWidth;
    }

    int uprightHeight(int storedWidth, int storedHeight) {
        return swapsAxes ? storedWidth : storedHeight;
    }

    /** Upright index of the first stored pixel. */
    int origin(int storedWidth, int storedHeight) {
        int width = uprightWidth(storedWidth, storedHeight);
        int height = uprightHeight(storedWidth, storedHeight);
        return (fromRight ? width - 1 : 0) + (fromBottom ? (height - 1) * width : 0);
    }

    /** How far apart, in upright indices, two neighbours of a stored row lie. */
    int columnStep(int storedWidth, int storedHeight) {
        if (swapsAxes) {
            int width = uprightWidth(storedWidth, storedHeight);
            return fromBottom ? -width : width;
        }
        return fromRight ? -1 : 1;
    }

    /** How far apart, in upright indices, two neighbours of a stored column lie. */
    int rowStep(int storedWidth, int storedHeight) {
        if (swapsAxes) {
            return fromRight ? -1 : 1;
        }
        int width = uprightWidth(storedWidth, storedHeight);
        return fromBottom ? -width : width;
    }
}

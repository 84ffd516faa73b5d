package io.flexir.worker.restore.region;

/**
 * A region along one axis, in input pixels.
 *
 * @param tileStart first pixel fed to the network, on the grid
 * @param tileEnd end of what is fed (exclusive), on the grid; may lie in the padding
 * @param coreStart first pixel of the core
 * @param coreEnd end of the core (exclusive), within the image
 */
record Span(int tileStart, int tileEnd, int coreStart, int coreEnd) {
    Span {
        if (tileStart > coreStart || coreStart >= coreEnd || coreEnd > tileEnd) {
            throw new IllegalArgumentException(
                    "core "
                            + coreStart
                            + ".."
                            + coreEnd
                            + " must lie in tile "
                            + tileStart
                            + ".."
                            + tileEnd);
        }
    }

    int tileLength() {
        return tileEnd - tileStart;
    }

    int coreLength() {
        return coreEnd - coreStart;
    }
}

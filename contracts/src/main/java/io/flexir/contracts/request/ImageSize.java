package io.flexir.contracts.request;

import io.flexir.contracts.check.Require;

/** Width and height in pixels, each 1 to 1,000,000. */
public record ImageSize(int width, int height) {
    public ImageSize {
        Require.between("width", width, 1, 1_000_000);
        Require.between("height", height, 1, 1_000_000);
    }

    public long pixels() {
        return (long) width * height;
    }

    public ImageSize scaledBy(int factor) {
        return new ImageSize(Math.multiplyExact(width, factor), Math.multiplyExact(height, factor));
    }
}

package io.flexir.worker.image;

/** Kinds of pictures that files hold. */
enum Kind {
    GRAY_8(1, 8, false),
    GRAY_16(1, 16, false),
    GRAY_ALPHA_8(1, 8, true),
    RGB_8(3, 8, false),
    RGB_16(3, 16, false),
    RGB_ALPHA_8(3, 8, true),
    RGB_ALPHA_16(3, 16, true);

    final int channels;
    final int bits;
    final boolean alpha;

    Kind(int channels, int bits, boolean alpha) {
        this.channels = channels;
        this.bits = bits;
        this.alpha = alpha;
    }
}

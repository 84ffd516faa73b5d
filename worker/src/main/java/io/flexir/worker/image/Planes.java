package io.flexir.worker.image;

/** Whole-number planes. */
final class Planes {
    private Planes() {}

    /** Bilinear enlargement of a {@code [height, width]} plane; pixel centres lie at one half. */
    static Samples enlarge(Samples plane, int width, int height, int newWidth, int newHeight) {
        Samples result = Samples.allocate(plane.bits(), newWidth * newHeight);
        for (int y = 0; y < newHeight; y++) {
            float sourceY = centre(y, height, newHeight);
            int above = (int) sourceY;
            int top = above * width;
            int bottom = Math.min(above + 1, height - 1) * width;
            float down = sourceY - above;
            for (int x = 0; x < newWidth; x++) {
                float sourceX = centre(x, width, newWidth);
                int left = (int) sourceX;
                int right = Math.min(left + 1, width - 1);
                float across = sourceX - left;
                float upper = mix(plane.get(top + left), plane.get(top + right), across);
                float lower = mix(plane.get(bottom + left), plane.get(bottom + right), across);
                result.set(y * newWidth + x, Math.round(mix(upper, lower, down)));
            }
        }
        return result;
    }

    private static float centre(int at, int length, int newLength) {
        float position = (at + 0.5f) * length / newLength - 0.5f;
        return Math.clamp(position, 0, length - 1);
    }

    private static float mix(float a, float b, float part) {
        return a + (b - a) * part;
    }
}

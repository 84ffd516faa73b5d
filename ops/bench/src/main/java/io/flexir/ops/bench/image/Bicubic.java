package io.flexir.ops.bench.image;

/**
 * Bicubic resampling with antialiasing (R. Keys, "Cubic Convolution Interpolation for Digital Image
 * Processing", 1981, a = -0.5): when an image shrinks, the kernel widens with it. The kernel of
 * Pillow's {@code BICUBIC} and of MATLAB's {@code imresize}; at the border it is cut off and
 * normalized, as Pillow does it.
 */
public final class Bicubic {

    private static final double A = -0.5;
    private static final double SUPPORT = 2;

    private Bicubic() {}

    /** The picture in another size; not clamped, and not rounded. */
    public static Raster resized(Raster picture, int width, int height) {
        Axis columns = Axis.of(picture.width(), width);
        Axis rows = Axis.of(picture.height(), height);
        return picture.withPlanes(
                width,
                height,
                plane -> rows.downwards(columns.across(plane, picture.height()), width));
    }

    /**
     * One axis: where each output sample looks, and with what weights.
     *
     * @param from length of the axis before
     * @param first first input sample of each output sample
     * @param weights of the samples from {@code first} on; they add up to 1
     */
    private record Axis(int from, int[] first, double[][] weights) {

        static Axis of(int from, int to) {
            double scale = (double) from / to;
            double stretch = Math.max(scale, 1);
            double support = SUPPORT * stretch;
            int[] first = new int[to];
            double[][] weights = new double[to][];
            for (int i = 0; i < to; i++) {
                double center = (i + 0.5) * scale;
                first[i] = (int) Math.max(0, center - support + 0.5);
                int end = (int) Math.min(from, center + support + 0.5);
                weights[i] = weights(first[i], end, center, stretch);
            }
            return new Axis(from, first, weights);
        }

        private static double[] weights(int first, int end, double center, double stretch) {
            double[] weights = new double[end - first];
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                weights[k] = kernel((first + k - center + 0.5) / stretch);
                sum += weights[k];
            }
            for (int k = 0; k < weights.length; k++) {
                weights[k] /= sum;
            }
            return weights;
        }

        private static double kernel(double distance) {
            double x = Math.abs(distance);
            if (x < 1) {
                return ((A + 2) * x - (A + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * A : 0;
        }

        float[] across(float[] plane, int height) {
            int to = first.length;
            float[] result = new float[to * height];
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < to; x++) {
                    result[y * to + x] = weighted(plane, y * from + first[x], 1, weights[x]);
                }
            }
            return result;
        }

        float[] downwards(float[] plane, int width) {
            int to = first.length;
            float[] result = new float[width * to];
            for (int y = 0; y < to; y++) {
                for (int x = 0; x < width; x++) {
                    result[y * width + x] =
                            weighted(plane, first[y] * width + x, width, weights[y]);
                }
            }
            return result;
        }

        private static float weighted(float[] plane, int start, int step, double[] weights) {
            double sum = 0;
            for (int k = 0; k < weights.length; k++) {
                sum += weights[k] * plane[start + k * step];
            }
            return (float) sum;
        }
    }
}

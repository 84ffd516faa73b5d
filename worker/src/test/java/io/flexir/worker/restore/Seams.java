package io.flexir.worker.restore;

import io.flexir.worker.restore.region.Rect;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Looks for seams along the borders between regions. What a border may look like is known from the
 * same image restored whole, once to the depth of the region before it and once to that of the one
 * behind it: neither has a border there.
 *
 * @param prominence mean excess of the gradient's magnitude at a border over that beside it, each
 *     as a share of the mean of the two whole images' gradients there; 0 where borders do not stand
 *     out, negative where they are smoother than what is beside them
 * @param step largest mean jump across a border that the mean of the two whole images does not
 *     make, in levels of 0..255
 * @param cut largest such jump if the regions were not cross-faded
 */
record Seams(double prominence, double step, double cut) {
    private static final int NEAREST = 2;
    private static final int FARTHEST = 12;

    /** Near a corner a third and a fourth region have a part in the image. */
    private static final int CORNER = 16;

    /** A mean over fewer pixels is the picture's own. */
    private static final int SHORTEST = 32;

    /** Looks at every border between two regions, upright and level. */
    static Seams find(
            ArrayImage image,
            List<Restoration.RestoredRegion> regions,
            IntFunction<ArrayImage> wholeAtPointer) {
        List<Seams> found = new ArrayList<>();
        for (Restoration.RestoredRegion one : regions) {
            for (Restoration.RestoredRegion other : regions) {
                ArrayImage before = wholeAtPointer.apply(one.pointer());
                ArrayImage behind = wholeAtPointer.apply(other.pointer());
                Rect a = one.core();
                Rect b = other.core();
                Line upright =
                        new Line(
                                false,
                                Math.max(a.y(), b.y()) + CORNER,
                                Math.min(a.bottom(), b.bottom()) - CORNER);
                Line level =
                        new Line(
                                true,
                                Math.max(a.x(), b.x()) + CORNER,
                                Math.min(a.right(), b.right()) - CORNER);
                if (a.right() == b.x() && upright.length() >= SHORTEST) {
                    found.add(at(b.x(), upright, image, before, behind));
                } else if (a.bottom() == b.y() && level.length() >= SHORTEST) {
                    found.add(at(b.y(), level, image, before, behind));
                }
            }
        }
        return new Seams(
                found.stream().mapToDouble(Seams::prominence).average().orElseThrow(),
                found.stream().mapToDouble(Seams::step).max().orElseThrow(),
                found.stream().mapToDouble(Seams::cut).max().orElseThrow());
    }

    private static Seams at(
            int border, Line line, ArrayImage image, ArrayImage before, ArrayImage behind) {
        IntToDoubleFunction share =
                x ->
                        2
                                * line.gradient(image, x)
                                / (line.gradient(before, x) + line.gradient(behind, x));
        double beside =
                IntStream.rangeClosed(NEAREST, FARTHEST)
                        .flatMap(distance -> IntStream.of(border - distance, border + distance))
                        .mapToDouble(share)
                        .average()
                        .orElseThrow();
        double jump =
                line.jump(image, border)
                        - (line.jump(before, border) + line.jump(behind, border)) / 2;
        double cut = line.difference(before, behind, border);
        return new Seams(share.applyAsDouble(border) / beside - 1, Math.abs(jump), Math.abs(cut));
    }

    /**
     * Where to look: from {@code start} to {@code end} along a border.
     *
     * @param level whether the border is level, so that the change is from row to row
     */
    private record Line(boolean level, int start, int end) {
        private static final int CHANNELS = 3;

        int length() {
            return end - start;
        }

        /**
         * Mean absolute change across the line in front of column (or row) {@code x}, in levels.
         */
        double gradient(ArrayImage image, int x) {
            return mean((channel, y) -> Math.abs(change(image, channel, x, y)));
        }

        /** Mean signed change across the line, in levels. */
        double jump(ArrayImage image, int x) {
            return mean((channel, y) -> change(image, channel, x, y));
        }

        /** Mean difference of two images at the line, in levels. */
        double difference(ArrayImage one, ArrayImage other, int x) {
            return mean(
                    (channel, y) ->
                            level
                                    ? other.at(channel, y, x) - one.at(channel, y, x)
                                    : other.at(channel, x, y) - one.at(channel, x, y));
        }

        private double change(ArrayImage image, int channel, int x, int y) {
            return level
                    ? image.at(channel, y, x) - image.at(channel, y, x - 1)
                    : image.at(channel, x, y) - image.at(channel, x - 1, y);
        }

        private double mean(Value value) {
            double sum = 0;
            for (int channel = 0; channel < CHANNELS; channel++) {
                for (int y = start; y < end; y++) {
                    sum += value.at(channel, y);
                }
            }
            return sum * 255 / (CHANNELS * (end - start));
        }

        private interface Value {
            double at(int channel, int y);
        }
    }
}

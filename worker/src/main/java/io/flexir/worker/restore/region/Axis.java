package io.flexir.worker.restore.region;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One axis of an image, cut into spans. Every tile has the same length, so a plan needs one tensor
 * shape. Origins lie on the grid, spread evenly, the last tile ends with the padded image. A border
 * between two cores lies in the middle of the tiles' overlap, at least a halo away from either
 * tile's end. Neighbours are cross-faded {@code reach} pixels to either side of their border.
 *
 * @param length pixels of the image along this axis
 * @param halo pixels that a tile reaches past its core, except where the image ends
 * @param reach pixels of cross-fade on either side of a border; bands never overlap
 * @param spans in ascending order
 */
record Axis(int length, int halo, int reach, List<Span> spans) {
    Axis {
        spans = List.copyOf(spans);
    }

    /**
     * Cuts {@code length} pixels into the fewest tiles of at most {@code tileLength} pixels; {@code
     * halo} and {@code tileLength} are multiples of {@code grid}.
     */
    static Axis split(int length, int grid, int halo, int tileLength) {
        int padded = padded(length, grid);
        int tile = Math.min(tileLength, padded);
        int count = tilesToCover(padded, tile, halo);
        int[] origins =
                IntStream.range(0, count)
                        .map(
                                i ->
                                        i == 0
                                                ? 0
                                                : down(
                                                        Math.toIntExact(
                                                                (long) i
                                                                        * (padded - tile)
                                                                        / (count - 1)),
                                                        grid))
                        .toArray();
        List<Span> spans = new ArrayList<>(count);
        int coreStart = 0;
        for (int i = 0; i < count; i++) {
            int coreEnd = i == count - 1 ? length : (origins[i + 1] + origins[i] + tile) / 2;
            spans.add(new Span(origins[i], origins[i] + tile, coreStart, coreEnd));
            coreStart = coreEnd;
        }
        int smallestCore = spans.stream().mapToInt(Span::coreLength).min().orElseThrow();
        return new Axis(length, halo, Math.min(halo / 2, smallestCore / 2), spans);
    }

    /** How many tiles, each overlapping the next by two halos, cover {@code padded} pixels. */
    static int tilesToCover(int padded, int tile, int halo) {
        return padded <= tile ? 1 : Math.ceilDiv(padded - 2 * halo, tile - 2 * halo);
    }

    static int padded(int length, int grid) {
        return Math.multiplyExact(Math.ceilDiv(length, grid), grid);
    }

    private static int down(int value, int grid) {
        return value - value % grid;
    }

    /**
     * The span's core, grown to {@code size} pixels where image and tile allow, without the tile's
     * halo.
     */
    Span scored(int index, int size) {
        Span span = spans.get(index);
        int low = index == 0 ? 0 : span.tileStart() + halo;
        int high = index == spans.size() - 1 ? length : span.tileEnd() - halo;
        int wanted = Math.min(Math.max(size, span.coreLength()), high - low);
        int start =
                Math.clamp(span.coreStart() - (wanted - span.coreLength()) / 2, low, high - wanted);
        return new Span(span.tileStart(), span.tileEnd(), start, start + wanted);
    }

    /**
     * Weight of a span at an output pixel. The weights of all spans sum to one at every pixel.
     *
     * @param index which span
     * @param position output pixel, 0..length * scale - 1
     * @param scale output pixels per input pixel
     */
    float weight(int index, int position, int scale) {
        return rise(index, position, scale) - rise(index + 1, position, scale);
    }

    /** 0 before the border in front of span {@code index}, 1 after it, smooth between. */
    private float rise(int index, int position, int scale) {
        if (index == 0) {
            return 1;
        }
        if (index == spans.size()) {
            return 0;
        }
        int border = spans.get(index).coreStart() * scale;
        int half = reach * scale;
        if (position < border - half) {
            return 0;
        }
        if (position >= border + half) {
            return 1;
        }
        float t = (position + 0.5f - (border - half)) / (2 * half);
        return t * t * (3 - 2 * t);
    }

    /**
     * The axis as alternating stretches that belong to one span, and bands in which two are
     * cross-faded; in input pixels.
     */
    List<Segment> segments() {
        List<Segment> segments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < spans.size(); i++) {
            boolean last = i == spans.size() - 1;
            int border = spans.get(i).coreEnd();
            int bandStart = last ? length : border - reach;
            addUnlessEmpty(segments, new Segment(start, bandStart, i, i));
            if (!last) {
                addUnlessEmpty(segments, new Segment(bandStart, border + reach, i, i + 1));
                start = border + reach;
            }
        }
        return segments;
    }

    private static void addUnlessEmpty(List<Segment> segments, Segment segment) {
        if (segment.end() > segment.start()) {
            segments.add(segment);
        }
    }
}

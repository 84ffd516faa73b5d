package io.flexir.worker.restore.region;

import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;

import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins restored regions and hands the result on, without ever holding the image. Where one region
 * answers alone its pixels go straight out; where two or four meet, a small band is kept until the
 * last of them has come, summed with weights that add up to one. In row-major order that is one
 * band across the image and one down the current row.
 *
 * <p>Restored values are clamped to [0, 1] before they are weighted; what is not a number becomes
 * 0. Belongs to one job and one thread.
 */
public final class Mosaic implements AutoCloseable {
    private final RegionPlan plan;
    private final int channels;
    private final int scale;
    private final Output output;
    private final BufferPool pool;
    private final List<Segment> columns;
    private final List<Segment> rows;
    private final Map<Integer, Band> bands = new HashMap<>();

    /**
     * @param channels planes of the restored regions
     * @param scale output pixels per input pixel, per axis
     */
    public Mosaic(RegionPlan plan, int channels, int scale, Output output, BufferPool pool) {
        this.plan = plan;
        this.channels = channels;
        this.scale = scale;
        this.output = output;
        this.pool = pool;
        this.columns = plan.columns().segments();
        this.rows = plan.rows().segments();
    }

    /**
     * Takes one region's output and writes whatever it completes.
     *
     * @param restored planar {@code [channels, tile height * scale, tile width * scale]}, read only
     *     during the call
     */
    public void add(Region region, FloatBuffer restored) {
        for (int y = 0; y < rows.size(); y++) {
            for (int x = 0; x < columns.size(); x++) {
                if (rows.get(y).touches(region.row()) && columns.get(x).touches(region.column())) {
                    addCell(region, restored, x, y);
                }
            }
        }
    }

    private void addCell(Region region, FloatBuffer restored, int x, int y) {
        Segment column = columns.get(x);
        Segment row = rows.get(y);
        int key = y * columns.size() + x;
        Band band =
                bands.computeIfAbsent(
                        key, _ -> Band.of(column, row, pool.lease(cellFloats(column, row))));
        accumulate(region, restored, column, row, band.sum().floats());
        if (band.missing() > 1) {
            bands.put(key, band.oneLess());
            return;
        }
        bands.remove(key);
        try (PooledBuffer sum = band.sum()) {
            output.write(
                    column.start() * scale,
                    row.start() * scale,
                    column.length() * scale,
                    row.length() * scale,
                    sum.floats());
        }
    }

    private int cellFloats(Segment column, Segment row) {
        return Math.multiplyExact(
                channels * scale * scale, Math.multiplyExact(column.length(), row.length()));
    }

    private void accumulate(
            Region region, FloatBuffer restored, Segment column, Segment row, FloatBuffer sum) {
        int width = column.length() * scale;
        int height = row.length() * scale;
        int tileWidth = region.tile().width() * scale;
        int tileHeight = region.tile().height() * scale;
        int left = (column.start() - region.tile().x()) * scale;
        int top = (row.start() - region.tile().y()) * scale;
        float[] across = weights(plan.columns(), region.column(), column);
        float[] down = weights(plan.rows(), region.row(), row);
        boolean alone = column.contributors() * row.contributors() == 1;
        float[] from = new float[width];
        float[] to = new float[width];
        for (int channel = 0; channel < channels; channel++) {
            for (int y = 0; y < height; y++) {
                int target = (channel * height + y) * width;
                restored.get((channel * tileHeight + top + y) * tileWidth + left, from);
                if (alone) {
                    clamp(from);
                    sum.put(target, from);
                } else {
                    sum.get(target, to);
                    addWeighted(from, across, down[y], to);
                    sum.put(target, to);
                }
            }
        }
    }

    private float[] weights(Axis axis, int span, Segment segment) {
        float[] weights = new float[segment.length() * scale];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = axis.weight(span, segment.start() * scale + i, scale);
        }
        return weights;
    }

    private static void clamp(float[] values) {
        for (int i = 0; i < values.length; i++) {
            values[i] = clamped(values[i]);
        }
    }

    private static void addWeighted(float[] from, float[] across, float down, float[] to) {
        for (int i = 0; i < to.length; i++) {
            to[i] += clamped(from[i]) * across[i] * down;
        }
    }

    private static float clamped(float value) {
        return value > 0 ? Math.min(value, 1) : 0;
    }

    /** Gives back what is held of bands that never became complete. */
    @Override
    public void close() {
        bands.values().forEach(band -> band.sum().close());
        bands.clear();
    }

    /**
     * Takes a finished rectangle of the output, in output pixels; {@code chw} is planar and valid
     * only during the call.
     */
    @FunctionalInterface
    public interface Output {
        void write(int x, int y, int width, int height, FloatBuffer chw);
    }

    /**
     * A part of the output in the making.
     *
     * @param sum weighted sum so far, planar
     * @param missing contributions that have not come yet
     */
    private record Band(PooledBuffer sum, int missing) {
        static Band of(Segment column, Segment row, PooledBuffer sum) {
            sum.clear();
            return new Band(sum, column.contributors() * row.contributors());
        }

        Band oneLess() {
            return new Band(sum, missing - 1);
        }
    }
}

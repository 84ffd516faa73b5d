package io.flexir.worker.image;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows of a result that is to take its input's place, until the input's rows there are not needed
 * any more. Belongs to one thread.
 */
final class WaitingRows {
    private final Samples picture;
    private final int rowSamples;
    private final TreeMap<Integer, Samples> rows = new TreeMap<>();
    private final Deque<Samples> free = new ArrayDeque<>();
    private int released;

    /**
     * @param picture the input, of which rows are replaced
     * @param rowSamples samples of one row
     */
    WaitingRows(Samples picture, int rowSamples) {
        this.picture = picture;
        this.rowSamples = rowSamples;
    }

    /** Where what is written to the row goes meanwhile; null where it goes to the picture. */
    @Nullable Samples row(int y) {
        return y < released ? null : rows.computeIfAbsent(y, _ -> fresh());
    }

    private Samples fresh() {
        Samples used = free.poll();
        return used == null ? Samples.allocate(picture.bits(), rowSamples) : used;
    }

    /** Rows above this one are replaced; what of them is not written yet is written later. */
    void release(int row) {
        released = Math.max(released, row);
        Iterator<Map.Entry<Integer, Samples>> ready =
                rows.headMap(released, false).entrySet().iterator();
        while (ready.hasNext()) {
            Map.Entry<Integer, Samples> next = ready.next();
            picture.copyFrom(next.getValue(), next.getKey() * rowSamples);
            free.add(next.getValue());
            ready.remove();
        }
    }
}

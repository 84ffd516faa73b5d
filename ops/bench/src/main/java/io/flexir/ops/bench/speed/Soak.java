package io.flexir.ops.bench.speed;

import io.flexir.ops.bench.ResidentMemory;
import io.flexir.ops.bench.engine.EngineTurns;
import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.local.CannotStart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Many images through one engine, of several sizes and depths in turn: does memory grow? */
public final class Soak {

    private static final int REPORTS = 10;

    private final List<EngineTurns> turns = new ArrayList<>();

    /**
     * @param pointers each is run at each size
     */
    public Soak(ModelRunner model, List<Integer> sizes, List<Integer> pointers) {
        for (int size : sizes) {
            for (int pointer : pointers) {
                turns.add(new EngineTurns(model, size, pointer, 1));
            }
        }
    }

    /**
     * Restores images and tells the process's resident memory ten times on the way.
     *
     * @throws CannotStart where the system does not tell it
     */
    public List<String> run(int images) {
        List<String> lines = new ArrayList<>();
        int step = Math.max(1, images / REPORTS);
        for (int image = 1; image <= images; image++) {
            turns.get(image % turns.size()).seconds(0);
            if (image % step == 0) {
                lines.add(
                        String.format(
                                Locale.ROOT,
                                "%6d images: %.0f MB resident",
                                image,
                                ResidentMemory.megabytes(ProcessHandle.current())));
            }
        }
        return lines;
    }
}

package io.flexir.worker.restore.anytime;

import java.util.List;

/**
 * How long a model's graphs take on this worker, in seconds a fed pixel.
 *
 * @param stem the graph before the first stage
 * @param stages stage 1..n
 * @param branches branch 1..n
 */
public record PixelSeconds(double stem, List<Double> stages, List<Double> branches) {
    public PixelSeconds {
        stages = List.copyOf(stages);
        branches = List.copyOf(branches);
        if (stages.size() != branches.size()) {
            throw new IllegalArgumentException(
                    stages.size() + " stages but " + branches.size() + " branches");
        }
    }

    /**
     * A region that has passed {@code from} stages (0: the stem) and goes on to the branch of
     * {@code pointer}.
     */
    public double finish(int from, int pointer) {
        double seconds = branches.get(pointer - 1);
        for (int stage = from + 1; stage <= pointer; stage++) {
            seconds += stages.get(stage - 1);
        }
        return seconds;
    }

    /** A region that has not begun and goes to the branch of {@code pointer}. */
    public double whole(int pointer) {
        return stem + finish(0, pointer);
    }
}

package io.flexir.worker.estimate;

import java.nio.FloatBuffer;

/** An image as the estimators see it. */
public interface ImageView {
    int width();

    int height();

    /** Fills {@code chw} from index 0: planar {@code [3, height, width]}, values in [0, 1]. */
    void read(int x, int y, int width, int height, FloatBuffer chw);
}

package io.flexir.worker.pipeline;

import io.flexir.worker.estimate.ImageView;
import io.flexir.worker.image.PixelImage;
import io.flexir.worker.restore.PixelSource;

import java.nio.FloatBuffer;
import java.util.function.IntConsumer;

/**
 * Shows an image to the engine and to the estimators.
 *
 * @param released told of rows that will not be read again
 */
record PictureSource(PixelImage image, IntConsumer released) implements PixelSource, ImageView {
    /** An image that stays as it is. */
    PictureSource(PixelImage image) {
        this(image, row -> {});
    }

    @Override
    public int width() {
        return image.width();
    }

    @Override
    public int height() {
        return image.height();
    }

    @Override
    public void read(int x, int y, int width, int height, FloatBuffer chw) {
        image.read(x, y, width, height, chw);
    }

    @Override
    public void release(int row) {
        released.accept(row);
    }
}

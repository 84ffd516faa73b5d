package io.flexir.worker.pipeline;

import io.flexir.worker.estimate.ImageView;
import io.flexir.worker.image.PixelImage;
import io.flexir.worker.restore.PixelSource;

import java.nio.FloatBuffer;

/** Shows an image to the engine and to the estimators. */
record PictureSource(PixelImage image) implements PixelSource, ImageView {
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
}

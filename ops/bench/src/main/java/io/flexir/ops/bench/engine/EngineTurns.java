package io.flexir.ops.bench.engine;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.ops.bench.image.Raster;
import io.flexir.worker.restore.Mode;
import io.flexir.worker.restore.RestoreOrder;

import java.util.Random;
import java.util.concurrent.CancellationException;

/** The engine's turns at one size and depth, on images of random numbers. */
public final class EngineTurns {

    private static final double GIGA = 1e9;

    private final ModelRunner model;
    private final Raster image;
    private final RestoreOrder order;
    private final int atOnce;
    private volatile double gigaMacs;

    /**
     * @param atOnce images that are restored side by side, as by a worker with so many slots
     */
    public EngineTurns(ModelRunner model, int size, int pointer, int atOnce) {
        this.model = model;
        this.atOnce = atOnce;
        this.image = image(model.manifest().channels(), size);
        this.order = new RestoreOrder(new PointerBudget(pointer, pointer), new Mode.Regular());
    }

    private static Raster image(int channels, int size) {
        Random random = new Random(0);
        float[][] planes = new float[channels][size * size];
        for (float[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = random.nextFloat();
            }
        }
        return new Raster(size, size, planes);
    }

    /**
     * Wall seconds by number of images, of as many as fill {@code fill} seconds.
     *
     * @throws CancellationException when the model was stopped
     */
    public double seconds(double fill) {
        return SideBySide.seconds(atOnce, () -> images(fill));
    }

    private int images(double fill) {
        long began = System.nanoTime();
        int images = 0;
        do {
            gigaMacs = model.restore(image, order).cost().gigaMacs();
            images++;
        } while (System.nanoTime() - began < fill * GIGA);
        return images;
    }

    /** Multiply-adds of one image, in 10^9; known after the first turn. */
    public double gigaMacs() {
        return gigaMacs;
    }
}

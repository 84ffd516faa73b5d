package io.flexir.worker.restore;

import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.memory.PooledBuffer;
import io.flexir.worker.restore.model.JobRun;
import io.flexir.worker.restore.model.Pass;
import io.flexir.worker.restore.region.Region;

import org.jspecify.annotations.Nullable;

/**
 * A region that is being restored: its pixels, its way through the network, and its output so far.
 * Belongs to one thread.
 */
final class RegionWork implements AutoCloseable {
    private final Region region;
    private final PooledBuffer image;
    private final PooledBuffer output;
    private final Pass pass;
    private int outputPointer;
    private @Nullable Double score;

    private RegionWork(Region region, PooledBuffer image, PooledBuffer output, Pass pass) {
        this.region = region;
        this.image = image;
        this.output = output;
        this.pass = pass;
    }

    /** Reads the region's tile and runs the stem over it. */
    static RegionWork begin(
            Region region,
            JobRun run,
            TileReader reader,
            BufferPool buffers,
            int channels,
            int scale) {
        int floats = Math.toIntExact(channels * region.tile().pixels());
        PooledBuffer image = buffers.lease(floats);
        PooledBuffer output = null;
        try {
            output = buffers.lease(Math.multiplyExact(floats, scale * scale));
            reader.read(region.tile(), image.floats());
            Pass pass = run.start(image.floats(), region.tile().width(), region.tile().height());
            return new RegionWork(region, image, output, pass);
        } catch (RuntimeException | Error failed) {
            image.close();
            if (output != null) {
                output.close();
            }
            throw failed;
        }
    }

    Region region() {
        return region;
    }

    Pass pass() {
        return pass;
    }

    /**
     * What the region would look like if it stopped where it is; runs the branch unless it has been
     * run here already.
     */
    PooledBuffer output() {
        if (outputPointer != pass.pointer()) {
            pass.branch(output.floats());
            outputPointer = pass.pointer();
        }
        return output;
    }

    void scored(double newScore) {
        score = newScore;
    }

    Restoration.RestoredRegion result() {
        return new Restoration.RestoredRegion(region.index(), region.core(), pass.pointer(), score);
    }

    @Override
    public void close() {
        pass.close();
        image.close();
        output.close();
    }
}

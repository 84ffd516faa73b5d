package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.exit.ErrorSum;
import io.flexir.worker.restore.exit.PayoffRule;
import io.flexir.worker.restore.memory.BufferPool;
import io.flexir.worker.restore.model.Cancellation;
import io.flexir.worker.restore.model.JobRun;
import io.flexir.worker.restore.region.Region;
import io.flexir.worker.restore.region.RegionPlan;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.FloatBuffer;
import java.util.Objects;

/** Native memory comes back although something ended that must not end. */
class LeakTest {
    private static final int SIDE = 96;

    /** Of an input and an output. */
    private static final long BYTES = 2L * 3 * SIDE * SIDE * Float.BYTES;

    private final BufferPool buffers = new BufferPool(1 << 30);
    private final JobRun run =
            new JobRun(ShippedModel.model(), new Cancellation(), System::nanoTime);
    private final TileReader reader = new TileReader(new Unreadable(), 3);
    private final Region region =
            RegionPlan.regular(SIDE, SIDE, ShippedModel.bundle().geometry(), ShippedModel.UNCUT)
                    .regions()
                    .getFirst();

    @AfterEach
    void close() {
        run.close();
        buffers.close();
    }

    @Test
    void of_a_region() {
        assertThatThrownBy(() -> RegionWork.begin(region, run, reader, buffers, 3, 1))
                .isInstanceOf(StackOverflowError.class);

        assertThat(buffers.idleBytes()).isEqualTo(BYTES);
    }

    @Test
    void of_a_tile_whose_depth_is_priced() {
        BundleManifest manifest = ShippedModel.model().manifest();
        PayoffRule rule = new PayoffRule(1, Objects.requireNonNull(manifest.payoff()));
        RestoreOrder order = new RestoreOrder(new PointerBudget(1, 1), new Mode.Priced(rule));

        assertThatThrownBy(
                        () ->
                                PricedTile.begin(
                                        region,
                                        rule,
                                        new ErrorSum(rule),
                                        order,
                                        run,
                                        reader,
                                        buffers))
                .isInstanceOf(StackOverflowError.class);

        assertThat(buffers.idleBytes()).isEqualTo(BYTES);
    }

    private record Unreadable() implements PixelSource {
        @Override
        public int width() {
            return SIDE;
        }

        @Override
        public int height() {
            return SIDE;
        }

        @Override
        public void read(int x, int y, int width, int height, FloatBuffer chw) {
            throw new StackOverflowError();
        }
    }
}

package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.model.Cancellation;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

class SideBySideTest {
    private static final int SIDE = 96;
    private static final int POINTER = 4;

    /** The second stage of both begins only when both have done their first. */
    private final CyclicBarrier afterFirstStage = new CyclicBarrier(2);

    @Test
    void jobs_side_by_side_give_what_each_gives_by_itself() throws Exception {
        ArrayImage flowers = ArrayImage.noisy("flowers.png", SIDE, SIDE, 25);
        ArrayImage dog = ArrayImage.noisy("dog.png", SIDE, SIDE, 25);

        try (RestorationEngine engine = ShippedModel.engine(ShippedModel.UNCUT);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<ArrayImage> one = threads.submit(() -> restored(engine, flowers));
            Future<ArrayImage> other = threads.submit(() -> restored(engine, dog));

            assertThat(one.get().meanLevelsFrom(alone(flowers))).isLessThan(1e-3);
            assertThat(other.get().meanLevelsFrom(alone(dog))).isLessThan(1e-3);
        }
    }

    private ArrayImage alone(ArrayImage image) {
        return ShippedModel.regular(image, POINTER, ShippedModel.UNCUT);
    }

    private ArrayImage restored(RestorationEngine engine, ArrayImage image) {
        ArrayImage sink = new ArrayImage(SIDE, SIDE);
        AtomicBoolean met = new AtomicBoolean();
        RestoreResult result =
                engine.restore(
                        ShippedModel.model(),
                        new RestoreOrder(new PointerBudget(POINTER, POINTER), new Mode.Regular()),
                        image,
                        sink,
                        (_, _, _) -> {
                            if (met.compareAndSet(false, true)) {
                                meet();
                            }
                        },
                        new Cancellation());
        assertThat(result).isInstanceOf(RestoreResult.Restored.class);
        return sink;
    }

    private void meet() {
        try {
            afterFirstStage.await(30, TimeUnit.SECONDS);
        } catch (Exception alone) {
            throw new AssertionError("the other did not come", alone);
        }
    }
}

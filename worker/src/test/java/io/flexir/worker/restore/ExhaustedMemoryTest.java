package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.request.JobId;
import io.flexir.worker.restore.memory.MemoryExhaustedException;
import io.flexir.worker.restore.model.Cancellation;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

@Timeout(120)
class ExhaustedMemoryTest {
    @TempDir private Path directory;

    @Test
    void a_tile_that_memory_does_not_suffice_for_is_halved_until_it_does() throws Exception {
        ArrayImage whole = ShippedModel.regular(LittleMemory.noisy(), 2, ShippedModel.UNCUT);
        Path planes = directory.resolve("planes");

        String said = SmallProcess.run(directory, LittleMemory.class, planes.toString());

        assertThat(said).containsPattern("regions ([2-9]|[1-9][0-9])\\b");
        ArrayImage parts = new ArrayImage(LittleMemory.SIDE, LittleMemory.SIDE);
        parts.values().put(ByteBuffer.wrap(Files.readAllBytes(planes)).asFloatBuffer());
        assertThat(parts.isComplete()).isTrue();
        assertThat(parts.meanLevelsFrom(whole)).isLessThan(0.05);
    }

    @Test
    void of_an_image_whose_tiles_are_halved_no_more_regions_are_told_than_it_has() {
        ArrayImage noisy = ArrayImage.noisy("city.png", 440, 250, 25);
        ArrayImage restored = new ArrayImage(440, 250);
        long most = ShippedModel.bundle().geometry().smallestTilePixels();
        List<InFlightJob> told = new ArrayList<>();

        try (RestorationEngine engine = ShippedModel.engine(4 * most)) {
            engine.restore(
                    ShippedModel.model(),
                    LittleMemory.order(),
                    new Narrow(noisy, most),
                    restored,
                    (stage, done, regions) -> told.add(restoring(stage, done, regions)),
                    new Cancellation());
        }

        InFlightJob last = told.getLast();
        assertThat(restored.isComplete()).isTrue();
        assertThat(last.regions()).isGreaterThanOrEqualTo(3);
        assertThat(last.regionsDone()).isEqualTo(last.regions() - 1);
        assertThat(told).extracting(InFlightJob::regionsDone).isSorted();
    }

    private static InFlightJob restoring(int stage, int done, int regions) {
        return new InFlightJob(
                new JobId("job-1"), 1, InFlightJob.Phase.RESTORING, stage, done, regions);
    }

    /** An image for which there is no memory where more pixels are read at once. */
    private record Narrow(ArrayImage image, long most) implements PixelSource {
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
            if ((long) width * height > most) {
                throw new MemoryExhaustedException("no memory", new OutOfMemoryError());
            }
            image.read(x, y, width, height, chw);
        }
    }
}

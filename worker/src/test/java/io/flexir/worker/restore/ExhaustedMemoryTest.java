package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

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
}

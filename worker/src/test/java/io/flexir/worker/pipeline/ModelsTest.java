package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.restore.SmallProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

@Timeout(120)
class ModelsTest {
    @TempDir private Path directory;

    @Test
    void a_model_that_memory_does_not_suffice_for_is_not_loaded_and_ends_nothing()
            throws Exception {
        String said =
                SmallProcess.run(directory, LittleMemoryForModels.class, directory.toString());

        assertThat(said).contains("no memory for a buffer").contains("went on");
    }
}

package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.restore.SmallProcess;
import io.flexir.worker.restore.model.ModelLease;
import io.flexir.worker.restore.model.ModelSessions;
import io.flexir.worker.restore.model.RuntimeSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
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

    @Test
    void a_model_in_memory_is_lent_whatever_has_become_of_its_files() throws IOException {
        Path root = directory.resolve("models");
        String digest = ChangedModel.in(root, manifest -> {});
        try (ModelSessions sessions = new ModelSessions(new RuntimeSettings(2, 1, false, 1))) {
            Models models = new Models(root, ChangedModel.emptyCache(directory), sessions, 1);
            models.preload();
            Files.delete(root.resolve("changed").resolve("manifest.json"));

            Step<ModelLease> lent = models.acquire(digest);

            ((Step.Done<ModelLease>) lent).value().close();
            assertThat(models.manifest(digest)).isPresent();
        }
    }
}

package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.control.ControlRecord.ActivateBundle;
import io.flexir.worker.restore.model.ModelSessions;
import io.flexir.worker.restore.model.RuntimeSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

@Timeout(60)
class BundleFollowerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(50);

    @TempDir private Path directory;

    private final ScriptedStore store = new ScriptedStore();
    private final ModelSessions sessions = new ModelSessions(new RuntimeSettings(2, 1, false, 1));
    private final AtomicInteger told = new AtomicInteger();
    private Models models;

    @BeforeEach
    void lookAtTheBucketAlone() {
        BundleCache cache = new BundleCache(store, "flexir", directory.resolve("cache"), 1L << 30);
        models = new Models(directory.resolve("missing"), cache, sessions, 1);
    }

    @AfterEach
    void close() {
        sessions.close();
    }

    @Test
    void goes_on_after_what_nobody_thought_of() throws IOException {
        String digest = ChangedModel.into(store, ChangedModel.SHIPPED, manifest -> {});
        AtomicInteger faults = new AtomicInteger(2);
        store.asked =
                () -> {
                    if (faults.getAndDecrement() > 0) {
                        throw new IllegalStateException("odd");
                    }
                };

        try (BundleFollower follower = follower()) {
            follower.follow(activation("denoise", digest));
            await().atMost(PATIENCE).until(() -> told.get() == 1);
        }

        assertThat(models.held()).containsExactly(digest);
        assertThat(models.isAny()).isTrue();
    }

    @Test
    void tells_of_no_bundle_that_cannot_be_loaded() throws IOException {
        // Its graphs give a quarter of the pixels that it promises.
        String broken =
                ChangedModel.into(
                        store, ChangedModel.SHIPPED, manifest -> manifest.put("scale", 2));
        String digest = ChangedModel.into(store, ChangedModel.SHIPPED, manifest -> {});

        try (BundleFollower follower = follower()) {
            follower.follow(activation("broken", broken));
            follower.follow(activation("denoise", digest));
            await().atMost(PATIENCE).until(() -> models.held().contains(digest) && told.get() > 0);
        }

        assertThat(told).hasValue(1);
        assertThat(models.held()).containsExactly(digest);
    }

    private BundleFollower follower() {
        return BundleFollower.start("w1", models, told::incrementAndGet, Duration.ofMillis(1));
    }

    private static ActivateBundle activation(String model, String digest) {
        return new ActivateBundle(model, digest, null, 1.0, Jobs.NOW);
    }
}

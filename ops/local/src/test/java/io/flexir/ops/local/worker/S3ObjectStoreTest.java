package io.flexir.ops.local.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.ops.local.store.StoreSettings;
import io.flexir.worker.config.Secret;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.ObjectStore.Existing;
import io.flexir.worker.storage.S3ObjectStore;
import io.flexir.worker.storage.StoreOutcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that goes away; what one that is there must do is {@code StoreContract}'s. */
@Timeout(120)
class S3ObjectStoreTest {

    @Test
    void says_that_a_server_which_is_down_is_unavailable() {
        try (EmbeddedObjectStore server =
                        EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));
                ObjectStore orphan = open(server)) {
            ObjectReference object = ObjectReference.latest(server.bucket(), "a");
            boolean answered = orphan.answers();
            server.stop();

            assertThat(answered).isTrue();
            assertThat(orphan.answers()).isFalse();
            assertThat(orphan.fetch(object, 10)).isInstanceOf(FetchOutcome.Unavailable.class);
            assertThat(orphan.store(object, new byte[] {1}, "image/png", Existing.REPLACE))
                    .isInstanceOf(StoreOutcome.Unavailable.class);
        }
    }

    private static ObjectStore open(EmbeddedObjectStore server) {
        return new S3ObjectStore(
                new io.flexir.worker.config.StoreSettings(
                        server.endpoint(),
                        "us-east-1",
                        server.credentials().accessKey(),
                        Secret.of(server.credentials().secretKey()),
                        server.bucket(),
                        1000));
    }
}

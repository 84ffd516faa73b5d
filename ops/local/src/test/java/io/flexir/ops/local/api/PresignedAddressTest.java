package io.flexir.ops.local.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.ops.local.store.StoreSettings;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.Secret;
import io.flexir.scheduler.storage.StorageSettings;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Addresses that clients are given, as a real store takes them. */
@Timeout(120)
class PresignedAddressTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedObjectStore server =
            EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));
    private final HttpClient client = HttpClient.newHttpClient();

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void an_address_works_until_its_time_is_over_and_nobody_can_prolong_it() throws Exception {
        try (ObjectStore lasting = store(Duration.ofMinutes(10));
                ObjectStore brief = store(Duration.ofSeconds(1))) {
            ObjectReference object = lasting.put("results/default/j/a.png", new byte[] {1, 2, 3});
            URI expiring = brief.addressToRead(object);

            assertThat(status(lasting.addressToRead(object))).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> status(expiring) == 403);

            URI prolonged =
                    URI.create(expiring.toString().replace("X-Amz-Expires=1", "X-Amz-Expires=600"));
            assertThat(prolonged).isNotEqualTo(expiring);
            assertThat(status(prolonged)).isEqualTo(403);
        }
    }

    private int status(URI address) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private ObjectStore store(Duration addressLifetime) {
        return new ObjectStore(
                new StorageSettings(
                        server.endpoint(),
                        server.endpoint(),
                        "us-east-1",
                        server.credentials().accessKey(),
                        new Secret(server.credentials().secretKey()),
                        server.bucket(),
                        addressLifetime,
                        Duration.ofSeconds(10),
                        null));
    }
}

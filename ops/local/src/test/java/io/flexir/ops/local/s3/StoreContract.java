package io.flexir.ops.local.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.scheduler.storage.ObjectLookup;
import io.flexir.scheduler.storage.StorageSettings;
import io.flexir.scheduler.storage.StoredObject;
import io.flexir.worker.config.Secret;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.ObjectStore.Existing;
import io.flexir.worker.storage.S3ObjectStore;
import io.flexir.worker.storage.StoreOutcome;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What a server must do for the fleet: each is a fact that some guarantee stands on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
abstract class StoreContract {
    private static final byte[] FIRST = {1, 2, 3};
    private static final byte[] SECOND = {4, 5, 6, 7};

    /** Whose server it is may have objects of their own in the bucket. */
    private final String prefix = "contract-" + UUID.randomUUID() + "/";

    private StoreServer server;
    private ObjectStore store;
    private io.flexir.scheduler.storage.ObjectStore keeper;

    /** Starts it, or finds it. */
    abstract StoreServer open() throws Exception;

    /** Stops it, if it was started; called last. */
    void stop() {}

    @BeforeAll
    void openOnce() throws Exception {
        server = open();
        store = open(server.secretKey());
        keeper =
                new io.flexir.scheduler.storage.ObjectStore(
                        new StorageSettings(
                                server.address(),
                                server.address(),
                                "us-east-1",
                                server.accessKey(),
                                new io.flexir.scheduler.storage.Secret(server.secretKey()),
                                server.bucket(),
                                Duration.ofMinutes(5),
                                Duration.ofSeconds(10),
                                null));
    }

    @AfterAll
    void closeStores() {
        // None where there was no server to open.
        if (keeper != null) {
            keeper.delete(keys(""));
            keeper.close();
        }
        if (store != null) {
            store.close();
        }
        stop();
    }

    @Test
    void reads_back_what_was_written_with_its_etag_and_type() {
        StoreOutcome stored = store.store(at("a"), FIRST, "image/png", Existing.REPLACE);

        FetchOutcome.Fetched fetched = (FetchOutcome.Fetched) store.fetch(at("a"), 3);

        assertThat(fetched.bytes()).isEqualTo(FIRST);
        assertThat(fetched.contentType()).isEqualTo("image/png");
        assertThat(stored).isEqualTo(new StoreOutcome.Stored(fetched.etag()));
    }

    @Test
    void reads_the_pinned_object_and_no_other() {
        String etag = put("b", FIRST);
        ObjectReference pinned = at("b").pinnedTo(null, etag);

        FetchOutcome before = store.fetch(pinned, 10);
        put("b", SECOND);
        FetchOutcome after = store.fetch(pinned, 10);

        assertThat(before).isInstanceOf(FetchOutcome.Fetched.class);
        assertThat(after).isInstanceOf(FetchOutcome.Changed.class);
    }

    @Test
    void says_that_an_object_or_bucket_is_not_there() {
        assertThat(store.fetch(at("nothing"), 10)).isInstanceOf(FetchOutcome.Missing.class);
        assertThat(store.fetch(ObjectReference.latest("no-such-bucket", "a"), 10))
                .isInstanceOf(FetchOutcome.Missing.class);
    }

    @Test
    void does_not_read_what_is_larger_than_allowed() {
        put("c", SECOND);

        assertThat(store.fetch(at("c"), 3)).isEqualTo(new FetchOutcome.TooLarge(4, 3));
    }

    @Test
    void lets_one_of_two_writers_win_where_the_key_is_to_be_new() {
        StoreOutcome winner = store.store(at("d"), FIRST, "image/png", Existing.KEEP);
        StoreOutcome loser = store.store(at("d"), SECOND, "image/png", Existing.KEEP);

        assertThat(winner).isInstanceOf(StoreOutcome.Stored.class);
        assertThat(loser).isInstanceOf(StoreOutcome.AlreadyThere.class);
        assertThat(((FetchOutcome.Fetched) store.fetch(at("d"), 10)).bytes()).isEqualTo(FIRST);
    }

    @Test
    void replaces_what_is_pinned_and_nothing_else() {
        ObjectReference first = at("f").pinnedTo(null, put("f", FIRST));
        ObjectReference never = at("g").pinnedTo(null, first.etag());

        StoreOutcome winner = store.store(first, SECOND, "image/png", Existing.PINNED);
        StoreOutcome loser = store.store(first, FIRST, "image/png", Existing.PINNED);
        StoreOutcome missing = store.store(never, FIRST, "image/png", Existing.PINNED);

        assertThat(winner).isInstanceOf(StoreOutcome.Stored.class);
        assertThat(loser).isInstanceOf(StoreOutcome.AlreadyThere.class);
        assertThat(missing).isInstanceOf(StoreOutcome.AlreadyThere.class);
        assertThat(((FetchOutcome.Fetched) store.fetch(at("f"), 10)).bytes()).isEqualTo(SECOND);
        assertThat(store.fetch(at("g"), 10)).isInstanceOf(FetchOutcome.Missing.class);
    }

    @Test
    void takes_a_wrong_secret_of_its_own_for_an_outage_and_not_for_the_jobs_fault() {
        put("e", FIRST);

        try (ObjectStore misconfigured = open("wrong")) {
            assertThat(misconfigured.fetch(at("e"), 10))
                    .isInstanceOf(FetchOutcome.Unavailable.class);
            assertThat(misconfigured.answers()).isFalse();
        }
    }

    @Test
    void refuses_to_write_where_there_is_no_bucket() {
        StoreOutcome outcome =
                store.store(
                        ObjectReference.latest("no-such-bucket", "a"),
                        FIRST,
                        "image/png",
                        Existing.REPLACE);

        assertThat(outcome).isInstanceOf(StoreOutcome.Refused.class);
    }

    @Test
    void pins_an_object_and_tells_one_that_was_replaced() {
        put("uploads/f", FIRST);

        ObjectLookup.Found found = (ObjectLookup.Found) keeper.find(at("uploads/f"));
        put("uploads/f", SECOND);

        assertThat(found.bytes()).isEqualTo(3);
        assertThat(found.reference().pinned()).isTrue();
        if (found.reference().versionId() == null) {
            assertThat(keeper.find(found.reference())).isInstanceOf(ObjectLookup.Changed.class);
        }
        assertThat(keeper.find(at("uploads/none"))).isInstanceOf(ObjectLookup.Missing.class);
    }

    @Test
    void reads_the_start_of_an_object() {
        put("g", SECOND);

        assertThat(keeper.readStart(at("g"), 2)).containsExactly(4, 5);
        assertThat(keeper.readStart(at("g"), 100)).isEqualTo(SECOND);
    }

    @Test
    void lists_and_deletes_what_begins_alike_and_nothing_else() {
        for (int i = 0; i < 12; i++) {
            keeper.put(prefix + "results/one/" + i + "/image", FIRST);
        }
        keeper.put(prefix + "results/other/image", FIRST);

        List<String> listed = keys("results/one/");
        keeper.delete(listed);

        assertThat(listed).hasSize(12);
        assertThat(keys("results/one/")).isEmpty();
        assertThat(keys("results/other/")).hasSize(1);
        keeper.delete(List.of(prefix + "results/one/0/image"));
    }

    @Test
    void whoever_has_a_signed_address_may_read_or_write_that_object_alone() throws Exception {
        HttpClient http = HttpClient.newHttpClient();
        URI write = keeper.addressToWrite(at("uploads/h"));

        HttpResponse<byte[]> written =
                http.send(
                        HttpRequest.newBuilder(write)
                                .PUT(BodyPublishers.ofByteArray(SECOND))
                                .build(),
                        BodyHandlers.ofByteArray());
        HttpResponse<byte[]> read = get(http, keeper.addressToRead(at("uploads/h")));
        HttpResponse<byte[]> forged =
                get(
                        http,
                        URI.create(
                                keeper.addressToRead(at("uploads/h"))
                                        .toString()
                                        .replace("uploads/h", "uploads/i")));
        HttpResponse<byte[]> download =
                get(http, keeper.addressToDownload(at("uploads/h"), "photo.png"));

        assertThat(written.statusCode()).isEqualTo(200);
        assertThat(read.body()).isEqualTo(SECOND);
        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(download.headers().firstValue("Content-Disposition").orElse(""))
                .contains("photo.png");
    }

    private static HttpResponse<byte[]> get(HttpClient http, URI address)
            throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofByteArray());
    }

    private List<String> keys(String beginning) {
        List<String> keys = new ArrayList<>();
        keeper.list(prefix + beginning, (StoredObject object) -> keys.add(object.key()));
        return keys;
    }

    private String put(String key, byte[] bytes) {
        StoreOutcome outcome = store.store(at(key), bytes, "image/png", Existing.REPLACE);
        assertThat(outcome).isInstanceOf(StoreOutcome.Stored.class);
        return ((StoreOutcome.Stored) outcome).etag();
    }

    private ObjectReference at(String key) {
        return ObjectReference.latest(server.bucket(), prefix + key);
    }

    private ObjectStore open(String secretKey) {
        return new S3ObjectStore(
                new StoreSettings(
                        server.address(),
                        "us-east-1",
                        server.accessKey(),
                        Secret.of(secretKey),
                        server.bucket(),
                        1000));
    }
}

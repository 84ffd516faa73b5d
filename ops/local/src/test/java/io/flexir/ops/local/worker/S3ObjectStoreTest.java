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

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class S3ObjectStoreTest {
    private static final byte[] FIRST = {1, 2, 3};
    private static final byte[] SECOND = {4, 5, 6, 7};

    private final EmbeddedObjectStore server =
            EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));
    private final ObjectStore store = open(server.credentials().secretKey());

    @AfterAll
    void stop() {
        store.close();
        server.close();
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
    void says_that_a_server_which_is_down_is_unavailable() {
        try (EmbeddedObjectStore other =
                        EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));
                ObjectStore orphan = open(other, other.credentials().secretKey())) {
            boolean answered = orphan.answers();
            other.stop();

            assertThat(answered).isTrue();
            assertThat(orphan.answers()).isFalse();
            assertThat(orphan.fetch(at("a"), 10)).isInstanceOf(FetchOutcome.Unavailable.class);
            assertThat(orphan.store(at("a"), FIRST, "image/png", Existing.REPLACE))
                    .isInstanceOf(StoreOutcome.Unavailable.class);
        }
    }

    private String put(String key, byte[] bytes) {
        StoreOutcome outcome = store.store(at(key), bytes, "image/png", Existing.REPLACE);
        assertThat(outcome).isInstanceOf(StoreOutcome.Stored.class);
        return ((StoreOutcome.Stored) outcome).etag();
    }

    private ObjectReference at(String key) {
        return ObjectReference.latest(server.bucket(), key);
    }

    private ObjectStore open(String secretKey) {
        return open(server, secretKey);
    }

    private static ObjectStore open(EmbeddedObjectStore server, String secretKey) {
        return new S3ObjectStore(
                new io.flexir.worker.config.StoreSettings(
                        server.endpoint(),
                        "us-east-1",
                        server.credentials().accessKey(),
                        Secret.of(secretKey),
                        server.bucket(),
                        1000));
    }
}

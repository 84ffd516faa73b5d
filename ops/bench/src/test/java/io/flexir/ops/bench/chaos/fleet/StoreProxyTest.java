package io.flexir.ops.bench.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** A worker's own client, through the proxy, to a real store. */
@Timeout(120)
class StoreProxyTest {
    private static final int SIZE = 40_000;

    private final EmbeddedObjectStore server =
            EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));
    private final StoreProxy proxy = new StoreProxy(server.endpoint());
    private final ObjectStore direct = client(server.endpoint());
    private final ObjectStore spoilt = client(proxy.address());
    private final byte[] file = new byte[SIZE];

    StoreProxyTest() {
        new Random(1).nextBytes(file);
    }

    @AfterEach
    void stop() {
        spoilt.close();
        direct.close();
        proxy.close();
        server.close();
    }

    @Test
    void what_is_not_spoilt_passes_signed_as_it_was() {
        StoreOutcome stored = store(spoilt, "whole", Existing.KEEP);
        StoreOutcome again = store(spoilt, "whole", Existing.KEEP);

        assertThat(stored).isInstanceOf(StoreOutcome.Stored.class);
        assertThat(again).isInstanceOf(StoreOutcome.AlreadyThere.class);
        assertThat(bytes(spoilt, "whole")).isEqualTo(file);
        assertThat(spoilt.answers()).isTrue();
        assertThat(proxy.struck()).isZero();
    }

    @Test
    void errors_are_an_outage_and_end_with_the_fault() {
        store(direct, "errors", Existing.REPLACE);
        proxy.spoil(new StoreFault.Errors());

        assertThat(fetch(spoilt, "errors")).isInstanceOf(FetchOutcome.Unavailable.class);
        assertThat(store(spoilt, "new", Existing.REPLACE))
                .isInstanceOf(StoreOutcome.Unavailable.class);
        assertThat(fetch(direct, "new")).isInstanceOf(FetchOutcome.Missing.class);
        assertThat(proxy.struck()).isGreaterThanOrEqualTo(2);

        proxy.spoil(new StoreFault.None());
        assertThat(bytes(spoilt, "errors")).isEqualTo(file);
    }

    @Test
    void a_cut_answer_is_never_taken_for_the_whole() {
        store(direct, "cut", Existing.REPLACE);
        proxy.spoil(new StoreFault.Cuts());

        assertThat(fetch(spoilt, "cut")).isInstanceOf(FetchOutcome.Unavailable.class);
    }

    @Test
    void an_answer_that_is_cut_comes_after_the_store_has_done_it() {
        proxy.spoil(new StoreFault.Cuts());

        StoreOutcome stored = store(spoilt, "done", Existing.REPLACE);

        assertThat(stored).isInstanceOf(StoreOutcome.Unavailable.class);
        assertThat(bytes(direct, "done")).isEqualTo(file);
    }

    @Test
    void a_full_store_takes_what_fits_refuses_the_rest_and_is_read() {
        proxy.spoil(new StoreFault.Full(SIZE + SIZE / 2));

        assertThat(store(spoilt, "fits", Existing.REPLACE)).isInstanceOf(StoreOutcome.Stored.class);
        assertThat(store(spoilt, "too-much", Existing.REPLACE))
                .isInstanceOf(StoreOutcome.Unavailable.class);
        assertThat(bytes(spoilt, "fits")).isEqualTo(file);
        assertThat(fetch(direct, "too-much")).isInstanceOf(FetchOutcome.Missing.class);
    }

    @Test
    void a_store_that_hangs_says_nothing_at_all() throws IOException {
        proxy.spoil(new StoreFault.Hangs());

        try (Socket socket = new Socket(proxy.address().getHost(), proxy.address().getPort())) {
            socket.setSoTimeout(300);
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            BufferedReader answer =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));

            assertThatThrownBy(answer::readLine).isInstanceOf(SocketTimeoutException.class);
        }
    }

    private StoreOutcome store(ObjectStore to, String key, Existing existing) {
        return to.store(reference(key), file, "application/octet-stream", existing);
    }

    private FetchOutcome fetch(ObjectStore from, String key) {
        return from.fetch(reference(key), 1 << 20);
    }

    private byte[] bytes(ObjectStore from, String key) {
        return ((FetchOutcome.Fetched) fetch(from, key)).bytes();
    }

    private ObjectReference reference(String key) {
        return ObjectReference.latest(server.bucket(), key);
    }

    private ObjectStore client(URI endpoint) {
        return new S3ObjectStore(
                new io.flexir.worker.config.StoreSettings(
                        endpoint,
                        "us-east-1",
                        server.credentials().accessKey(),
                        Secret.of(server.credentials().secretKey()),
                        server.bucket(),
                        1 << 20));
    }
}

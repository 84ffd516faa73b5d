package io.flexir.ops.local.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.SetBucketLifecycleArgs;
import io.minio.StatObjectArgs;
import io.minio.errors.ErrorResponseException;
import io.minio.messages.Filter;
import io.minio.messages.LifecycleConfiguration;
import io.minio.messages.LifecycleConfiguration.Expiration;
import io.minio.messages.LifecycleConfiguration.Rule;
import io.minio.messages.Status;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(60)
class EmbeddedObjectStoreTest {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private EmbeddedObjectStore store;
    private MinioClient client;

    @BeforeAll
    void startOnce() {
        store = EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()));
        client = clientWith(store.credentials());
    }

    @AfterAll
    void stop() {
        store.close();
    }

    @Test
    void starts_within_10_seconds() {
        long startedNanos = System.nanoTime();

        try (var another = EmbeddedObjectStore.start(StoreSettings.in(DataDirectory.temporary()))) {
            assertThat(another.endpoint().getPort()).isPositive();
        }

        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos))
                .isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void gives_back_what_was_put_with_the_same_etag() throws Exception {
        String etag = put("a/b.txt", "hello").etag();

        assertThat(get("a/b.txt")).isEqualTo("hello");
        assertThat(
                        client.statObject(
                                        StatObjectArgs.builder()
                                                .bucket(store.bucket())
                                                .object("a/b.txt")
                                                .build())
                                .etag())
                .isEqualTo(etag);
    }

    /** What expires is therefore deleted by the fleet itself. */
    @Test
    void knows_no_lifecycle_rules_and_says_so() {
        Rule rule =
                new Rule(
                        Status.ENABLED,
                        null,
                        new Expiration((ZonedDateTime) null, 1, null, null),
                        new Filter("uploads/"),
                        "uploads",
                        null,
                        null,
                        null);

        assertThatThrownBy(
                        () ->
                                client.setBucketLifecycle(
                                        SetBucketLifecycleArgs.builder()
                                                .bucket(store.bucket())
                                                .config(new LifecycleConfiguration(List.of(rule)))
                                                .build()))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        refused ->
                                assertThat(refused.errorResponse().code())
                                        .isEqualTo("NotImplemented"));
    }

    @Test
    void gives_back_a_range() throws Exception {
        put("range.txt", "0123456789");

        try (var body =
                client.getObject(
                        GetObjectArgs.builder()
                                .bucket(store.bucket())
                                .object("range.txt")
                                .offset(2L)
                                .length(3L)
                                .build())) {
            assertThat(new String(body.readAllBytes(), UTF_8)).isEqualTo("234");
        }
    }

    @Test
    void writes_an_object_only_once_when_asked_to() throws Exception {
        putIfAbsent("once.txt", "first");

        assertThatThrownBy(() -> putIfAbsent("once.txt", "second"))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.response().code()).isEqualTo(412));
        assertThat(get("once.txt")).isEqualTo("first");
    }

    @Test
    void refuses_to_read_another_version_than_the_pinned_one() throws Exception {
        String pinned = put("pinned.txt", "old").etag();
        put("pinned.txt", "new");

        assertThatThrownBy(
                        () ->
                                client.getObject(
                                        GetObjectArgs.builder()
                                                .bucket(store.bucket())
                                                .object("pinned.txt")
                                                .matchETag(pinned)
                                                .build()))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.response().code()).isEqualTo(412));
    }

    @Test
    void takes_and_gives_objects_by_presigned_address() throws Exception {
        URI putTo = presigned(Http.Method.PUT, "signed.txt");
        URI getFrom = presigned(Http.Method.GET, "signed.txt");

        var stored =
                HTTP.send(
                        HttpRequest.newBuilder(putTo)
                                .PUT(BodyPublishers.ofString("signed"))
                                .build(),
                        BodyHandlers.ofString());
        var fetched = HTTP.send(HttpRequest.newBuilder(getFrom).build(), BodyHandlers.ofString());

        assertThat(stored.statusCode()).isEqualTo(200);
        assertThat(fetched.body()).isEqualTo("signed");
    }

    @Test
    void refuses_a_wrong_signature_and_a_missing_one() throws Exception {
        put("private.txt", "private");
        var wrong = clientWith(new Credentials(store.credentials().accessKey(), "wrong"));
        var unsigned =
                HttpRequest.newBuilder(
                                store.endpoint().resolve("/" + store.bucket() + "/private.txt"))
                        .build();

        assertThatThrownBy(
                        () ->
                                wrong.statObject(
                                        StatObjectArgs.builder()
                                                .bucket(store.bucket())
                                                .object("private.txt")
                                                .build()))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.response().code()).isEqualTo(403));
        assertThat(HTTP.send(unsigned, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
    }

    @Test
    void shows_the_bucket_to_nobody_without_a_signature() throws Exception {
        var listing =
                HttpRequest.newBuilder(store.endpoint().resolve("/" + store.bucket() + "/"))
                        .build();

        assertThat(HTTP.send(listing, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
    }

    @Test
    void keeps_objects_over_an_outage() throws Exception {
        put("kept.txt", "kept");

        store.stop();
        assertThatThrownBy(() -> get("kept.txt")).isInstanceOf(Exception.class);
        store.start();

        assertThat(get("kept.txt")).isEqualTo("kept");
    }

    @Test
    void says_which_port_is_taken_and_what_to_do(@TempDir Path directory) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var settings =
                    StoreSettings.in(DataDirectory.kept(directory)).withPort(other.getLocalPort());

            assertThatThrownBy(() -> EmbeddedObjectStore.start(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(
                            "port " + other.getLocalPort() + " for the object store is taken");
        }
    }

    @Test
    void prints_no_secret() {
        assertThat(store.credentials().toString()).doesNotContain(store.credentials().secretKey());
    }

    private MinioClient clientWith(Credentials credentials) {
        return MinioClient.builder()
                .endpoint(store.endpoint().toString())
                .region("us-east-1")
                .credentials(credentials.accessKey(), credentials.secretKey())
                .build();
    }

    private io.minio.ObjectWriteResponse put(String key, String text) throws Exception {
        return client.putObject(putArgs(key, text).build());
    }

    private void putIfAbsent(String key, String text) throws Exception {
        client.putObject(putArgs(key, text).headers(Map.of("If-None-Match", "*")).build());
    }

    private PutObjectArgs.Builder putArgs(String key, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return PutObjectArgs.builder().bucket(store.bucket()).object(key).stream(
                new ByteArrayInputStream(bytes), (long) bytes.length, -1L);
    }

    private String get(String key) throws Exception {
        try (var body =
                client.getObject(
                        GetObjectArgs.builder().bucket(store.bucket()).object(key).build())) {
            return new String(body.readAllBytes(), UTF_8);
        }
    }

    private URI presigned(Http.Method method, String key) throws Exception {
        return URI.create(
                client.getPresignedObjectUrl(
                        GetPresignedObjectUrlArgs.builder()
                                .method(method)
                                .bucket(store.bucket())
                                .object(key)
                                .expiry(5, TimeUnit.MINUTES)
                                .build()));
    }
}

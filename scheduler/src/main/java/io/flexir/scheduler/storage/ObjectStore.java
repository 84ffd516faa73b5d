package io.flexir.scheduler.storage;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.scheduler.tracing.StoreSpans;
import io.flexir.scheduler.tracing.Tracing;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetPresignedObjectUrlArgs;
import io.minio.Http;
import io.minio.ListObjectsArgs;
import io.minio.MinioClient;
import io.minio.PutObjectArgs;
import io.minio.RemoveObjectsArgs;
import io.minio.Result;
import io.minio.StatObjectArgs;
import io.minio.StatObjectResponse;
import io.minio.errors.ErrorResponseException;
import io.minio.errors.MinioException;
import io.minio.messages.DeleteRequest;
import io.minio.messages.DeleteResult;
import io.minio.messages.Item;

import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.tls.HandshakeCertificates;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One S3 server. Thread-safe; every method but the presigning ones blocks, so none is for an event
 * loop.
 */
public final class ObjectStore implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 64;

    private final StorageSettings settings;
    private final OkHttpClient http;
    private final MinioClient client;
    private final MinioClient signer;
    private final StoreSpans spans;

    /**
     * @throws IllegalArgumentException when the file of authorities cannot be used
     */
    public ObjectStore(StorageSettings settings) {
        this(settings, Tracing.OFF);
    }

    /**
     * @param tracing of what is asked for a client or a job
     * @throws IllegalArgumentException when the file of authorities cannot be used
     */
    public ObjectStore(StorageSettings settings, Tracing tracing) {
        this.spans = new StoreSpans(tracing);
        this.settings = settings;
        this.http = newHttpClient(settings);
        this.client = newClient(settings, settings.endpoint(), http);
        this.signer = newClient(settings, settings.publicEndpoint(), http);
    }

    /** The bucket of uploads and results. */
    public String bucket() {
        return settings.bucket();
    }

    public Duration addressLifetime() {
        return settings.addressLifetime();
    }

    /**
     * Finds an object and pins it: to its version where the bucket keeps versions, else to its
     * ETag.
     *
     * @throws StorageException when the store does not answer
     */
    public ObjectLookup find(ObjectReference wanted) {
        try {
            return lookedFor(wanted);
        } catch (IllegalArgumentException noName) {
            // What no bucket or object can be called is not there.
            return new ObjectLookup.Missing();
        }
    }

    private ObjectLookup lookedFor(ObjectReference wanted) {
        StatObjectArgs.Builder question =
                StatObjectArgs.builder().bucket(wanted.bucket()).object(wanted.key());
        if (wanted.versionId() != null) {
            question.versionId(wanted.versionId());
        }
        return spans.within(
                "HeadObject",
                wanted.bucket(),
                wanted.key(),
                () ->
                        ask(
                                "Looking for an object failed",
                                () -> {
                                    try {
                                        return compare(wanted, client.statObject(question.build()));
                                    } catch (ErrorResponseException refusal) {
                                        return explain(refusal);
                                    }
                                }));
    }

    /**
     * Reads the first bytes of an object that {@link #find} found.
     *
     * @return at most {@code maxBytes} bytes, fewer when the object ends before; none when it may
     *     not be read, or has no start
     * @throws StorageException when it cannot be read
     */
    public byte[] readStart(ObjectReference reference, int maxBytes) {
        GetObjectArgs.Builder question =
                GetObjectArgs.builder()
                        .bucket(reference.bucket())
                        .object(reference.key())
                        .offset(0L)
                        .length((long) maxBytes);
        if (reference.versionId() != null) {
            question.versionId(reference.versionId());
        }
        return spans.within(
                "GetObject",
                reference.bucket(),
                reference.key(),
                () ->
                        ask(
                                "Reading the start of an object failed",
                                () -> {
                                    try (var object = client.getObject(question.build())) {
                                        return object.readNBytes(maxBytes);
                                    } catch (ErrorResponseException refusal) {
                                        return startOf(refusal);
                                    }
                                }));
    }

    /**
     * Stores bytes in the scheduler's own bucket.
     *
     * @return the object, not pinned
     * @throws StorageException when they could not be stored
     */
    public ObjectReference put(String key, byte[] bytes) {
        PutObjectArgs object =
                PutObjectArgs.builder()
                        .bucket(bucket())
                        .object(key)
                        .data(bytes, bytes.length)
                        .contentType("application/octet-stream")
                        .build();
        spans.within(
                "PutObject",
                bucket(),
                key,
                () -> ask("Storing an object failed", () -> client.putObject(object)));
        return ObjectReference.latest(bucket(), key);
    }

    /**
     * Tells every object whose key begins so, in the scheduler's own bucket.
     *
     * @throws StorageException when the store does not answer, then or in between
     */
    public void list(String prefix, Consumer<StoredObject> told) {
        ListObjectsArgs question =
                ListObjectsArgs.builder().bucket(bucket()).prefix(prefix).recursive(true).build();
        ask(
                "Listing objects failed",
                () -> {
                    for (Result<Item> found : client.listObjects(question)) {
                        Item item = found.get();
                        if (!item.isDir()) {
                            told.accept(
                                    new StoredObject(
                                            item.objectName(), item.lastModified().toInstant()));
                        }
                    }
                    return prefix;
                });
    }

    /**
     * Lists objects of any bucket by key. Empty ones, and those that stand for directories, are
     * left out.
     *
     * @param startAfter only keys that come after this one; null for all
     * @param max how many are told at most
     * @throws StorageException when the store does not answer
     */
    public ObjectListing list(String bucket, String prefix, @Nullable String startAfter, int max) {
        ListObjectsArgs.Builder question =
                ListObjectsArgs.builder().bucket(bucket).prefix(prefix).recursive(true);
        if (startAfter != null) {
            question.startAfter(startAfter);
        }
        return spans.within(
                "ListObjectsV2",
                bucket,
                prefix,
                () -> ask("Listing objects failed", () -> firstOf(question.build(), max)));
    }

    private ObjectListing firstOf(ListObjectsArgs question, int max)
            throws MinioException, IOException {
        List<String> keys = new ArrayList<>();
        try {
            for (Result<Item> found : client.listObjects(question)) {
                Item item = found.get();
                if (item.isDir() || item.size() == 0) {
                    continue;
                }
                if (keys.size() == max) {
                    return new ObjectListing.Found(keys, true);
                }
                keys.add(item.objectName());
            }
            return new ObjectListing.Found(keys, false);
        } catch (ErrorResponseException refusal) {
            return switch (refusal.response().code()) {
                case 400, 404 -> new ObjectListing.Missing();
                case 403 -> new ObjectListing.Denied();
                default -> throw refusal;
            };
        }
    }

    /**
     * Deletes objects of the scheduler's own bucket; those that are not there are no error.
     *
     * @throws StorageException when one could not be deleted; others may be
     */
    public void delete(List<String> keys) {
        if (keys.isEmpty()) {
            return;
        }
        RemoveObjectsArgs objects =
                RemoveObjectsArgs.builder()
                        .bucket(bucket())
                        .objects(keys.stream().map(DeleteRequest.Object::new).toList())
                        .build();
        ask(
                "Deleting objects failed",
                () -> {
                    for (Result<DeleteResult.Error> problem : client.removeObjects(objects)) {
                        DeleteResult.Error error = problem.get();
                        throw new IOException(error.objectName() + ": " + error.message());
                    }
                    return keys;
                });
    }

    /** Where presigned addresses lead. */
    public URI publicEndpoint() {
        return settings.publicEndpoint();
    }

    /** An address for anybody to read this object, at the public endpoint. */
    public URI addressToRead(ObjectReference reference) {
        return sign(Http.Method.GET, reference, Map.of());
    }

    /** The same, for a browser to keep as a file of this name. */
    public URI addressToDownload(ObjectReference reference, String fileName) {
        return sign(
                Http.Method.GET,
                reference,
                Map.of(
                        "response-content-disposition",
                        "attachment; filename=\"" + fileName + "\""));
    }

    /** An address for anybody to write this object, at the public endpoint. */
    public URI addressToWrite(ObjectReference reference) {
        return sign(Http.Method.PUT, reference, Map.of());
    }

    /** Whether the store answers and the bucket is there. */
    public boolean reachable() {
        BucketExistsArgs question = BucketExistsArgs.builder().bucket(bucket()).build();
        try {
            return ask("Looking for the bucket failed", () -> client.bucketExists(question));
        } catch (StorageException failure) {
            return false;
        }
    }

    @Override
    public void close() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }

    private URI sign(
            Http.Method method, ObjectReference reference, Map<String, String> parameters) {
        GetPresignedObjectUrlArgs.Builder question =
                GetPresignedObjectUrlArgs.builder()
                        .method(method)
                        .bucket(reference.bucket())
                        .object(reference.key())
                        .extraQueryParams(parameters)
                        .expiry((int) settings.addressLifetime().toSeconds(), TimeUnit.SECONDS);
        if (reference.versionId() != null) {
            question.versionId(reference.versionId());
        }
        return ask(
                "Signing an address failed",
                () -> URI.create(signer.getPresignedObjectUrl(question.build())));
    }

    /** The client throws what it means to throw, and, wrapped, whatever the network threw. */
    private static <T> T ask(String failed, Question<T> question) {
        try {
            return question.ask();
        } catch (MinioException | IOException failure) {
            throw new StorageException(failed, failure);
        } catch (IllegalStateException wrapped) {
            throw switch (wrapped.getCause()) {
                case IOException failure -> new StorageException(failed, failure);
                // Whose certificate is not trusted.
                case GeneralSecurityException failure -> new StorageException(failed, failure);
                case null, default -> wrapped;
            };
        }
    }

    private interface Question<T> {
        T ask() throws MinioException, IOException;
    }

    private static ObjectLookup compare(ObjectReference wanted, StatObjectResponse found) {
        String etag = unquoted(found.etag());
        if (wanted.etag() != null && !unquoted(wanted.etag()).equals(etag)) {
            return new ObjectLookup.Changed();
        }
        String versionId = found.versionId();
        boolean versioned = versionId != null && !versionId.equals("null");
        return new ObjectLookup.Found(
                wanted.pinnedTo(versioned ? versionId : null, etag.isEmpty() ? null : etag),
                found.size());
    }

    /** One that is empty (416), archived or not readable (403), or gone by now tells nothing. */
    private static byte[] startOf(ErrorResponseException refusal) throws ErrorResponseException {
        return switch (refusal.response().code()) {
            case 403, 404, 416 -> new byte[0];
            default -> throw refusal;
        };
    }

    private static ObjectLookup explain(ErrorResponseException refusal) {
        int status = refusal.response().code();
        return switch (status) {
            // 400 is what a malformed version id gets, 405 that of a mark of deletion.
            case 400, 404, 405 -> new ObjectLookup.Missing();
            case 403 -> new ObjectLookup.Denied();
            default -> throw new StorageException("The object store answered " + status, refusal);
        };
    }

    private static String unquoted(@Nullable String etag) {
        return etag == null ? "" : etag.replace("\"", "");
    }

    private static OkHttpClient newHttpClient(StorageSettings settings) {
        Duration timeout = settings.timeout();
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MAX_CONNECTIONS);
        dispatcher.setMaxRequestsPerHost(MAX_CONNECTIONS);
        OkHttpClient.Builder client =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .connectTimeout(timeout)
                        .readTimeout(timeout)
                        .writeTimeout(timeout)
                        .addNetworkInterceptor(ObjectStore::undelayed);
        if (settings.authorities() != null) {
            HandshakeCertificates trusted = Authorities.read(settings.authorities());
            client.sslSocketFactory(trusted.sslSocketFactory(), trusted.trustManager());
        }
        return client.build();
    }

    /**
     * Sockets hold a last short piece back until what went before it is acknowledged (RFC 896), and
     * receivers wait up to 40 ms with that (RFC 1122, 4.2.3.2).
     */
    private static Response undelayed(Interceptor.Chain call) throws IOException {
        Objects.requireNonNull(call.connection()).socket().setTcpNoDelay(true);
        return call.proceed(call.request());
    }

    private static MinioClient newClient(
            StorageSettings settings, URI endpoint, OkHttpClient http) {
        return MinioClient.builder()
                .endpoint(endpoint.toString())
                .region(settings.region())
                .credentials(settings.accessKey(), settings.secretKey().value())
                .httpClient(http)
                .build();
    }
}

package io.flexir.worker.storage;

import io.flexir.contracts.request.ObjectReference;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.tracing.Doing;
import io.flexir.worker.tracing.Tracing;
import io.flexir.worker.tracing.WorkSpans;
import io.minio.BucketExistsArgs;
import io.minio.GetObjectArgs;
import io.minio.GetObjectResponse;
import io.minio.MinioClient;
import io.minio.ObjectWriteResponse;
import io.minio.PutObjectArgs;
import io.minio.errors.MinioException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/**
 * Any S3 server, through MinIO's SDK. What does not answer is tried again a few times before it
 * counts as unavailable. The SDK throws a broken connection as {@link IllegalStateException}, and a
 * name that no store would take as {@link IllegalArgumentException}: both are outcomes here.
 */
public final class S3ObjectStore implements ObjectStore {
    private static final Logger LOG = LoggerFactory.getLogger(S3ObjectStore.class);

    private final MinioClient client;
    private final String bucket;
    private final Retrying retrying;
    private final WorkSpans spans;

    public S3ObjectStore(StoreSettings settings) {
        this(settings, Tracing.OFF);
    }

    /**
     * @param tracing of what is asked for an order
     */
    public S3ObjectStore(StoreSettings settings, Tracing tracing) {
        this.spans = new WorkSpans(tracing);
        this.client = StoreClients.create(settings);
        this.bucket = settings.bucket();
        this.retrying = new Retrying(Backoff.HICCUP);
    }

    @Override
    public FetchOutcome fetch(ObjectReference object, long maxBytes) {
        return retrying.until(
                () -> fetchOnce(object, maxBytes),
                outcome -> !(outcome instanceof FetchOutcome.Unavailable));
    }

    private FetchOutcome fetchOnce(ObjectReference object, long maxBytes) {
        try (Doing asking = spans.store("GetObject", object.bucket(), object.key())) {
            try (GetObjectResponse response = client.getObject(arguments(object))) {
                return read(response, maxBytes);
            } catch (MinioException | IOException | RuntimeException problem) {
                failed(asking, problem);
                return explain(object, problem);
            }
        }
    }

    private static void failed(Doing asking, Exception problem) {
        asking.failed(StoreProblem.of(problem).name(), StoreProblem.describe(problem));
    }

    private static GetObjectArgs arguments(ObjectReference object) {
        GetObjectArgs.Builder arguments =
                GetObjectArgs.builder().bucket(object.bucket()).object(object.key());
        if (object.versionId() != null) {
            arguments.versionId(object.versionId());
        }
        if (object.etag() != null) {
            arguments.matchETag(quoted(object.etag()));
        }
        return arguments.build();
    }

    private static FetchOutcome read(GetObjectResponse response, long maxBytes) throws IOException {
        String length = response.headers().get("Content-Length");
        if (length != null && Long.parseLong(length) > maxBytes) {
            return new FetchOutcome.TooLarge(Long.parseLong(length), maxBytes);
        }
        byte[] bytes = response.readNBytes(Math.toIntExact(maxBytes + 1));
        if (bytes.length > maxBytes) {
            return new FetchOutcome.TooLarge(bytes.length, maxBytes);
        }
        String etag = Objects.requireNonNullElse(response.headers().get("ETag"), "");
        String type =
                Objects.requireNonNullElse(
                        response.headers().get("Content-Type"), "application/octet-stream");
        return new FetchOutcome.Fetched(bytes, unquoted(etag), type);
    }

    private static FetchOutcome explain(ObjectReference object, Exception problem) {
        return switch (StoreProblem.of(problem)) {
            case MISSING ->
                    object.versionId() == null
                            ? new FetchOutcome.Missing()
                            : new FetchOutcome.Changed();
            case CONDITION_FAILED -> new FetchOutcome.Changed();
            case REFUSED -> new FetchOutcome.Denied(StoreProblem.describe(problem));
            case UNAVAILABLE -> new FetchOutcome.Unavailable(StoreProblem.describe(problem));
        };
    }

    @Override
    public StoreOutcome store(
            ObjectReference object, byte[] bytes, String contentType, Existing existing) {
        return retrying.until(
                () -> storeOnce(object, bytes, contentType, existing),
                outcome -> !(outcome instanceof StoreOutcome.Unavailable));
    }

    private StoreOutcome storeOnce(
            ObjectReference object, byte[] bytes, String contentType, Existing existing) {
        try (Doing asking = spans.store("PutObject", object.bucket(), object.key())) {
            return put(asking, object, bytes, contentType, existing);
        }
    }

    private StoreOutcome put(
            Doing asking,
            ObjectReference object,
            byte[] bytes,
            String contentType,
            Existing existing) {
        try {
            ObjectWriteResponse response =
                    client.putObject(arguments(object, bytes, contentType, existing));
            return new StoreOutcome.Stored(unquoted(response.etag()));
        } catch (MinioException | RuntimeException problem) {
            failed(asking, problem);
            return explain(existing, problem);
        }
    }

    /** S3 answers with 404 where what a write was to replace is not there any longer. */
    private static StoreOutcome explain(Existing existing, Exception problem) {
        String detail = StoreProblem.describe(problem);
        return switch (StoreProblem.of(problem)) {
            case CONDITION_FAILED -> new StoreOutcome.AlreadyThere();
            case MISSING ->
                    existing == Existing.PINNED
                            ? new StoreOutcome.AlreadyThere()
                            : new StoreOutcome.Refused(detail);
            case REFUSED -> new StoreOutcome.Refused(detail);
            case UNAVAILABLE -> new StoreOutcome.Unavailable(detail);
        };
    }

    private static PutObjectArgs arguments(
            ObjectReference object, byte[] bytes, String contentType, Existing existing) {
        PutObjectArgs.Builder arguments =
                PutObjectArgs.builder()
                        .bucket(object.bucket())
                        .object(object.key())
                        .contentType(contentType)
                        .data(bytes, bytes.length);
        return switch (existing) {
            case REPLACE -> arguments.build();
            case KEEP -> arguments.extraHeaders(Map.of("If-None-Match", "*")).build();
            case PINNED -> {
                String etag = Objects.requireNonNull(object.etag(), "the reference pins no ETag");
                yield arguments.extraHeaders(Map.of("If-Match", quoted(etag))).build();
            }
        };
    }

    @Override
    public boolean answers() {
        try {
            return client.bucketExists(BucketExistsArgs.builder().bucket(bucket).build());
        } catch (MinioException | RuntimeException problem) {
            LOG.debug(
                    "store does not answer bucket={} problem={}",
                    bucket,
                    StoreProblem.describe(problem));
            return false;
        }
    }

    private static String quoted(String etag) {
        return "\"" + etag + "\"";
    }

    private static String unquoted(String etag) {
        return etag.startsWith("\"") && etag.endsWith("\"") && etag.length() >= 2
                ? etag.substring(1, etag.length() - 1)
                : etag;
    }

    @Override
    public void close() {
        try {
            client.close();
        } catch (Exception problem) {
            LOG.warn("store client did not close problem={}", StoreProblem.describe(problem));
        }
    }
}

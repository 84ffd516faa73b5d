package io.flexir.ops.cli;

import io.flexir.ops.local.client.BatchSubmission;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.util.UUID;

/** Every object of a bucket whose key begins so, instead of files. */
final class BatchOptions {
    private static final String SCHEME = "s3://";

    @Option(
            names = "--batch",
            paramLabel = "s3://BUCKET/PREFIX",
            converter = PlaceConverter.class,
            description =
                    "Instead of files: every object of the bucket whose key begins so, up to --limit; prints the batch and its jobs.")
    private BatchSubmission.@Nullable Input place;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Objects of a batch at most, up to 1000, which it is when left out.")
    private @Nullable Integer limit;

    @Option(
            names = "--start-after",
            paramLabel = "OBJECT",
            description = "Only objects of a batch whose keys come after this one.")
    private @Nullable String startAfter;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description =
                    "Names the batch: what the same command with the same key has submitted already is not submitted again.")
    private @Nullable String key;

    BatchSubmission.@Nullable Input place() {
        return place == null
                ? null
                : new BatchSubmission.Input(place.bucket(), place.prefix(), startAfter);
    }

    @Nullable Integer limit() {
        return limit;
    }

    String key() {
        return key == null ? UUID.randomUUID().toString() : key;
    }

    /** Whether anything was said that has no meaning for files. */
    boolean isAny() {
        return place != null || limit != null || startAfter != null || key != null;
    }

    private static final class PlaceConverter implements ITypeConverter<BatchSubmission.Input> {
        @Override
        public BatchSubmission.Input convert(String text) {
            String rest = text.startsWith(SCHEME) ? text.substring(SCHEME.length()) : "";
            int slash = rest.indexOf('/');
            String bucket = slash < 0 ? rest : rest.substring(0, slash);
            if (bucket.isEmpty()) {
                throw new TypeConversionException(
                        "'" + text + "' is not s3://BUCKET/PREFIX, such as s3://photos/2026/");
            }
            return new BatchSubmission.Input(
                    bucket, slash < 0 ? "" : rest.substring(slash + 1), null);
        }
    }
}

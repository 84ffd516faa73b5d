package io.flexir.ops.cli;

import io.flexir.ops.local.bundles.BundleBucket;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.Secret;
import io.flexir.scheduler.storage.StorageSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Function;

/** The fleet's bucket, as schedulers and workers are told of it. */
final class BucketOptions {
    private static final Duration ADDRESS = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    @Option(
            names = "--s3",
            paramLabel = "URL",
            defaultValue = "${env:FLEXIR_S3:-http://127.0.0.1:9000}",
            description = "The object store; FLEXIR_S3 (default: ${DEFAULT-VALUE}).")
    private URI endpoint;

    @Option(
            names = "--s3-region",
            defaultValue = "${env:FLEXIR_S3_REGION:-us-east-1}",
            description =
                    "The region that requests are signed for; FLEXIR_S3_REGION (default: ${DEFAULT-VALUE}).")
    private String region;

    @Option(
            names = "--s3-access-key",
            defaultValue = "${env:FLEXIR_S3_ACCESS_KEY:-flexir}",
            description = "Who signs them; FLEXIR_S3_ACCESS_KEY (default: ${DEFAULT-VALUE}).")
    private String accessKey;

    @Option(
            names = "--s3-secret-key",
            defaultValue = "${env:FLEXIR_S3_SECRET_KEY}",
            description = "What they are signed with; better given as FLEXIR_S3_SECRET_KEY.")
    private @Nullable String secretKey;

    @Option(
            names = "--s3-secret-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_S3_SECRET_KEY_FILE}",
            description = "Holds the same in one line; FLEXIR_S3_SECRET_KEY_FILE.")
    private @Nullable Path secretKeyFile;

    @Option(
            names = "--s3-ca",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_S3_CA}",
            description =
                    "PEM certificates that a store's at https must lead to; FLEXIR_S3_CA. Those that Java knows when left out.")
    private @Nullable Path authorities;

    @Option(
            names = "--s3-bucket",
            defaultValue = "${env:FLEXIR_S3_BUCKET:-flexir}",
            description = "The bucket; FLEXIR_S3_BUCKET (default: ${DEFAULT-VALUE}).")
    private String bucket;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Asks it. */
    <T> T ask(Function<BundleBucket, T> question) {
        try (ObjectStore store = open()) {
            return question.apply(new BundleBucket(store));
        }
    }

    private ObjectStore open() {
        try {
            return new ObjectStore(
                    new StorageSettings(
                            endpoint,
                            endpoint,
                            region,
                            accessKey,
                            new Secret(secret()),
                            bucket,
                            ADDRESS,
                            TIMEOUT,
                            authorities));
        } catch (IllegalArgumentException wrong) {
            throw usage(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private String secret() {
        if (secretKey != null) {
            return secretKey;
        }
        if (secretKeyFile == null) {
            throw usage("--s3-secret-key-file or FLEXIR_S3_SECRET_KEY must be given", null);
        }
        try {
            return Files.readString(secretKeyFile).strip();
        } catch (IOException unreadable) {
            throw usage("the file " + secretKeyFile + " cannot be read", unreadable);
        }
    }

    private ParameterException usage(String what, @Nullable Exception cause) {
        return new ParameterException(spec.commandLine(), what, cause);
    }
}

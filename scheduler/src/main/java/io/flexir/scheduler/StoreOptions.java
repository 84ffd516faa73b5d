package io.flexir.scheduler;

import io.flexir.scheduler.config.StoreConfig;
import io.flexir.scheduler.storage.Secret;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** The object store. */
final class StoreOptions {
    @Option(
            names = "--s3",
            paramLabel = "URL",
            defaultValue = "${env:FLEXIR_S3:-http://127.0.0.1:9000}",
            description =
                    "The object store, as the scheduler reaches it (default: ${DEFAULT-VALUE}).")
    private URI endpoint;

    @Option(
            names = "--s3-public",
            paramLabel = "URL",
            defaultValue = "${env:FLEXIR_S3_PUBLIC}",
            description =
                    "The same store as clients reach it, for addresses given to them; the same when left out.")
    private @Nullable URI publicEndpoint;

    @Option(
            names = "--s3-region",
            defaultValue = "${env:FLEXIR_S3_REGION:-us-east-1}",
            description =
                    "The region that requests to the store are signed for (default: ${DEFAULT-VALUE}).")
    private String region;

    @Option(
            names = "--s3-access-key",
            defaultValue = "${env:FLEXIR_S3_ACCESS_KEY:-flexir}",
            description = "Who signs requests to the store (default: ${DEFAULT-VALUE}).")
    private String accessKey;

    @Option(
            names = "--s3-secret-key",
            converter = SecretConverter.class,
            defaultValue = "${env:FLEXIR_S3_SECRET_KEY}",
            description =
                    "What requests to the store are signed with; better given as a file or a variable than as a flag.")
    private @Nullable Secret secretKey;

    @Option(
            names = "--s3-secret-key-file",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_S3_SECRET_KEY_FILE}",
            description = "Holds the same in one line.")
    private @Nullable Path secretKeyFile;

    @Option(
            names = "--s3-ca",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_S3_CA}",
            description =
                    "PEM certificates that the certificate of a store at https must lead to; those that Java knows when"
                            + " left out.")
    private @Nullable Path authorities;

    @Option(
            names = "--s3-bucket",
            defaultValue = "${env:FLEXIR_S3_BUCKET:-flexir}",
            description = "Holds uploads and results (default: ${DEFAULT-VALUE}).")
    private String bucket;

    @Option(
            names = "--s3-address-seconds",
            defaultValue = "${env:FLEXIR_S3_ADDRESS_SECONDS:-900}",
            description =
                    "How long an address given to a client works, in seconds (default: ${DEFAULT-VALUE}).")
    private long addressSeconds;

    @Option(
            names = "--s3-timeout-millis",
            defaultValue = "${env:FLEXIR_S3_TIMEOUT_MILLIS:-10000}",
            description =
                    "Bound on connecting to the store and on each read and write, in milliseconds (default:"
                            + " ${DEFAULT-VALUE}).")
    private long timeoutMillis;

    StoreConfig toConfig() {
        return new StoreConfig(
                endpoint,
                publicEndpoint,
                region,
                accessKey,
                SecretOption.required("--s3-secret-key", secretKey, secretKeyFile),
                bucket,
                Duration.ofSeconds(addressSeconds),
                Duration.ofMillis(timeoutMillis),
                authorities);
    }
}

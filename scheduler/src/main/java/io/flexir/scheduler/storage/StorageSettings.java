package io.flexir.scheduler.storage;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where objects lie.
 *
 * @param endpoint address of the S3 server as the scheduler reaches it
 * @param publicEndpoint the same server as clients reach it: presigned addresses are bound to this
 *     host
 * @param region S3 region that requests are signed for
 * @param accessKey who asks
 * @param secretKey signs requests and addresses
 * @param bucket holds uploads and results
 * @param addressLifetime how long a presigned address works, 1 second to 7 days
 * @param timeout bound on connecting, and on each read and write
 * @param authorities file of PEM certificates that the server's must lead to; none takes those that
 *     Java knows
 */
public record StorageSettings(
        URI endpoint,
        URI publicEndpoint,
        String region,
        String accessKey,
        Secret secretKey,
        String bucket,
        Duration addressLifetime,
        Duration timeout,
        @Nullable Path authorities) {
    private static final Duration LONGEST_LIFETIME = Duration.ofDays(7);

    public StorageSettings {
        if (addressLifetime.compareTo(Duration.ofSeconds(1)) < 0
                || addressLifetime.compareTo(LONGEST_LIFETIME) > 0) {
            throw new IllegalArgumentException(
                    "addressLifetime must be 1 second to 7 days, is " + addressLifetime);
        }
        if (timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("timeout must be positive, is " + timeout);
        }
    }
}

package io.flexir.worker.config;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;

/**
 * How to reach the object store, and where results go.
 *
 * @param endpoint address of an S3 server, without a path
 * @param region the region that requests are signed for
 * @param accessKey who signs
 * @param secretKey with what
 * @param bucket holds results and receipts
 * @param maxInputBytes an input larger than this is rejected without being read
 * @param authorities file of PEM certificates that the store's must lead to; none takes those that
 *     Java knows
 */
public record StoreSettings(
        URI endpoint,
        String region,
        String accessKey,
        Secret secretKey,
        String bucket,
        long maxInputBytes,
        @Nullable Path authorities) {
    /** 64 MiB: the largest input unless another limit is asked for. */
    public static final long DEFAULT_MAX_INPUT_BYTES = 64L << 20;

    /** A store whose certificate, if it has one, leads to an authority that Java knows. */
    public StoreSettings(
            URI endpoint,
            String region,
            String accessKey,
            Secret secretKey,
            String bucket,
            long maxInputBytes) {
        this(endpoint, region, accessKey, secretKey, bucket, maxInputBytes, null);
    }

    public StoreSettings {
        Check.text("endpoint", String.valueOf(endpoint.getHost()));
        Check.text("region", region);
        Check.text("accessKey", accessKey);
        Check.text("bucket", bucket);
        // An image is held in memory as one array.
        Check.between("maxInputBytes", maxInputBytes, 1, Integer.MAX_VALUE - 16);
    }
}

package io.flexir.scheduler.config;

import io.flexir.scheduler.storage.Secret;
import io.flexir.scheduler.storage.StorageSettings;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The object store.
 *
 * @param endpoint as the scheduler reaches it
 * @param publicEndpoint as clients reach it; none is the same address
 * @param region that requests are signed for
 * @param accessKey who signs
 * @param secretKey what is signed with
 * @param bucket of uploads and results
 * @param addressLifetime how long a presigned address works
 * @param timeout of connecting, and of each read and write
 * @param authorities file of PEM certificates that the store's must lead to; none takes those that
 *     Java knows
 */
public record StoreConfig(
        URI endpoint,
        @Nullable URI publicEndpoint,
        String region,
        String accessKey,
        Secret secretKey,
        String bucket,
        Duration addressLifetime,
        Duration timeout,
        @Nullable Path authorities) {
    /** One address for everybody, a quarter of an hour for presigned ones. */
    public static StoreConfig withDefaults(
            URI endpoint, String accessKey, Secret secretKey, String bucket) {
        return new StoreConfig(
                endpoint,
                null,
                "us-east-1",
                accessKey,
                secretKey,
                bucket,
                Duration.ofMinutes(15),
                Duration.ofSeconds(10),
                null);
    }

    /** What the client of the store is told. */
    public StorageSettings settings() {
        return new StorageSettings(
                endpoint,
                publicEndpoint == null ? endpoint : publicEndpoint,
                region,
                accessKey,
                secretKey,
                bucket,
                addressLifetime,
                timeout,
                authorities);
    }

    void check(Problems problems) {
        checkAddress(problems, "the object store's address", endpoint);
        if (publicEndpoint != null) {
            checkAddress(problems, "the object store's public address", publicEndpoint);
        }
        problems.unless(!region.isBlank(), "the object store's region is missing");
        problems.unless(!accessKey.isBlank(), "the object store's access key is missing");
        problems.named("the bucket", bucket);
        problems.between(
                "the lifetime of presigned addresses",
                addressLifetime,
                Duration.ofSeconds(1),
                Duration.ofDays(7));
        problems.between(
                "the object store's timeout",
                timeout,
                Duration.ofMillis(100),
                Duration.ofMinutes(5));
    }

    private static void checkAddress(Problems problems, String name, URI address) {
        problems.unless(
                address.getHost() != null && String.valueOf(address.getScheme()).startsWith("http"),
                name + " must be http://host:port or https://host:port, is " + address);
    }
}

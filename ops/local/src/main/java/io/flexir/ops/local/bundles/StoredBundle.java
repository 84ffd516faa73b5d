package io.flexir.ops.local.bundles;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A bundle that lies in the bucket.
 *
 * @param digest that it lies under
 * @param name of the model; none where what lies there is no bundle
 * @param version of the model
 * @param bytes of its graphs
 * @param storedAt when its manifest was stored, by the store's clock
 * @param problem why it is no bundle
 */
public record StoredBundle(
        String digest,
        @Nullable String name,
        @Nullable String version,
        long bytes,
        Instant storedAt,
        @Nullable String problem) {}

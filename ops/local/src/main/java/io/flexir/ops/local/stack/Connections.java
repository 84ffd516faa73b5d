package io.flexir.ops.local.stack;

import io.flexir.ops.local.client.ApiKey;
import io.flexir.ops.local.store.Credentials;

import java.net.URI;

/**
 * Where a fleet's broker and object store are, and what opens them.
 *
 * @param bootstrapServers of the broker
 * @param store address of the object store
 * @param credentials of the object store
 * @param bucket holds uploads and results
 * @param key what schedulers ask their callers for
 */
public record Connections(
        String bootstrapServers, URI store, Credentials credentials, String bucket, ApiKey key) {}

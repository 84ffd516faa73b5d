package io.flexir.ops.local.store;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;

/**
 * How to start the object store.
 *
 * @param directory holds the buckets as directories
 * @param port where it listens on loopback, {@link Ports#ANY} for a free one
 * @param bucket created on start if it is missing
 */
public record StoreSettings(
        DataDirectory directory, int port, String bucket, Credentials credentials) {

    /** The bucket's name unless another is asked for. */
    public static final String DEFAULT_BUCKET = "flexir";

    /** A free port, the default bucket and new credentials over the given directory. */
    public static StoreSettings in(DataDirectory directory) {
        return new StoreSettings(directory, Ports.ANY, DEFAULT_BUCKET, Credentials.generate());
    }

    /** The same with a fixed port. */
    public StoreSettings withPort(int fixed) {
        return new StoreSettings(directory, fixed, bucket, credentials);
    }

    /** The same with known credentials. */
    public StoreSettings withCredentials(Credentials known) {
        return new StoreSettings(directory, port, bucket, known);
    }
}

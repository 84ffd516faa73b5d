package io.flexir.worker.config;

import java.nio.file.Path;

/**
 * Where bundles of the bucket are kept on this machine.
 *
 * @param directory may be shared by several workers
 * @param maxBytes that it may take
 */
public record BundleCacheSettings(Path directory, long maxBytes) {
    /** 2 GiB. */
    public static final long DEFAULT_MAX_BYTES = 2L << 30;

    public BundleCacheSettings {
        Check.between("bundleCacheBytes", maxBytes, 1L << 20, 1L << 44);
    }

    /** In the machine's directory of temporary files, for this user. */
    public static BundleCacheSettings usual() {
        return new BundleCacheSettings(
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "flexir-bundles-" + System.getProperty("user.name")),
                DEFAULT_MAX_BYTES);
    }
}

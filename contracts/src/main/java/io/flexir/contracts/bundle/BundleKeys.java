package io.flexir.contracts.bundle;

import io.flexir.contracts.check.Require;

/**
 * Where bundles lie in the bucket: {@code bundles/<digest>/<file>}, the digest being that of the
 * manifest, so that what a key holds never changes. The manifest is written last.
 */
public final class BundleKeys {
    /** What the keys of all bundles begin with. */
    public static final String PREFIX = "bundles/";

    /** Name of the manifest in a bundle. */
    public static final String MANIFEST = "manifest.json";

    /** The largest manifest, in bytes. */
    public static final int MAX_MANIFEST_BYTES = 1 << 20;

    /** The largest graph that workers fetch, in bytes: each is held in memory meanwhile. */
    public static final long MAX_FILE_BYTES = 128L << 20;

    private BundleKeys() {}

    /** Of a bundle's manifest. */
    public static String manifest(String digest) {
        return file(digest, MANIFEST);
    }

    /** Of one of a bundle's files. */
    public static String file(String digest, String name) {
        return PREFIX + Require.sha256("digest", digest) + "/" + Require.name("file", name, 128);
    }
}

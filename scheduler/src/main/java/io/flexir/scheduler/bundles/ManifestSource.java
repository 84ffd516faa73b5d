package io.flexir.scheduler.bundles;

import java.util.Optional;

/** Where manifests of bundles are that no directory has. */
@FunctionalInterface
public interface ManifestSource {
    /** There are none. */
    ManifestSource NONE = digest -> Optional.empty();

    /**
     * What lies there under the digest of a manifest, unchecked. May block.
     *
     * @throws RuntimeException when it cannot be told now
     */
    Optional<byte[]> read(String digest);
}

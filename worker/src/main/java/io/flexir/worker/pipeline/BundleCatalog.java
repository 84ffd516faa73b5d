package io.flexir.worker.pipeline;

import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleDirectory;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bundles in a directory by digest. The directory is looked at again for each digest that was not
 * met before, so that a bundle can be added while the worker runs; every file of a bundle is read
 * once. Thread-safe.
 */
final class BundleCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(BundleCatalog.class);
    private static final int MAX_REMEMBERED = 100;

    private final Path root;
    private final BundleDirectory directory;
    private final BundleReader reader = new BundleReader();
    private final Map<String, Bundle> accepted =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bundle> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    BundleCatalog(Path root) {
        this.root = root;
        this.directory = new BundleDirectory(root);
    }

    /** The bundle with this digest, or why it cannot be used. */
    synchronized BundleReading find(String digest) {
        Bundle known = accepted.get(digest);
        return known == null ? read(digest) : new BundleReading.Accepted(known);
    }

    private BundleReading read(String digest) {
        try {
            Optional<Path> found = directory.find(digest);
            if (found.isEmpty()) {
                return new BundleReading.Refused(
                        "no bundle with digest " + digest + " is in " + root);
            }
            BundleReading reading = reader.read(found.get());
            if (reading instanceof BundleReading.Accepted(Bundle bundle)) {
                accepted.put(bundle.digest(), bundle);
            }
            return reading;
        } catch (IOException unreadable) {
            return new BundleReading.Refused(root + " cannot be read: " + unreadable);
        }
    }

    /** Whether one that lies there now is whole: it has been read, every file of it. */
    boolean hasUsable() {
        return digests().stream()
                .anyMatch(digest -> find(digest) instanceof BundleReading.Accepted);
    }

    /** Digests of what lies there now; nothing of it has been checked. */
    Collection<String> digests() {
        try {
            return directory.digests().keySet();
        } catch (IOException unreadable) {
            LOG.warn("bundles not readable directory={} problem={}", root, unreadable.toString());
            return List.of();
        }
    }
}

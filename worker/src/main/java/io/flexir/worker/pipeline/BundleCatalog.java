package io.flexir.worker.pipeline;

import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleDirectory;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Bundles in a directory, and in the cache of the bucket, by digest. The directory is looked at
 * again for each digest that was not met before, so that a bundle can be added while the worker
 * runs; every file of a bundle is read once. Thread-safe.
 */
final class BundleCatalog {
    private static final Logger LOG = LoggerFactory.getLogger(BundleCatalog.class);
    private static final int MAX_REMEMBERED = 100;

    private final Path root;
    private final BundleDirectory directory;
    private final BundleCache cache;
    private final BundleReader reader = new BundleReader();
    private final Map<String, Bundle> accepted =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Bundle> eldest) {
                    return size() > MAX_REMEMBERED;
                }
            };

    /** What heartbeats say, without waiting for a bundle that is being read. */
    private volatile List<String> held = List.of();

    /**
     * @param root is looked at first
     * @param cache of those that the bucket has
     */
    BundleCatalog(Path root, BundleCache cache) {
        this.root = root;
        this.directory = new BundleDirectory(root);
        this.cache = cache;
    }

    /** The bundle with this digest, or why it cannot be used. */
    synchronized BundleReading find(String digest) {
        Bundle known = accepted.get(digest);
        return known == null || isGone(known) ? read(digest) : new BundleReading.Accepted(known);
    }

    /** Digests of the bundles that were found whole, and are still there. */
    List<String> held() {
        return held;
    }

    /**
     * Has a bundle at hand, fetching it where it is not, and marks it as used. Blocks on the store.
     */
    BundleFetch provide(String digest) {
        if (find(digest) instanceof BundleReading.Accepted) {
            cache.used(digest);
            return new BundleFetch.Here();
        }
        BundleFetch fetched = cache.fetch(digest);
        if (fetched instanceof BundleFetch.Here
                && find(digest) instanceof BundleReading.Refused(String reason)) {
            return new BundleFetch.Refused(reason);
        }
        return fetched;
    }

    private static boolean isGone(Bundle bundle) {
        return !Files.isRegularFile(bundle.directory().resolve(BundleReader.MANIFEST));
    }

    private BundleReading read(String digest) {
        Optional<Path> found =
                Optional.ofNullable(inDirectory().get(digest)).or(() -> cached(digest));
        if (found.isEmpty()) {
            remember();
            return new BundleReading.Refused("no bundle with digest " + digest + " is in " + root);
        }
        BundleReading reading = reader.read(found.get());
        if (reading instanceof BundleReading.Accepted(Bundle other)
                && !other.digest().equals(digest)) {
            remember();
            return new BundleReading.Refused(
                    found.get() + " holds bundle " + other.digest() + ", not " + digest);
        }
        if (reading instanceof BundleReading.Accepted(Bundle bundle)) {
            accepted.put(bundle.digest(), bundle);
        }
        remember();
        return reading;
    }

    private Optional<Path> cached(String digest) {
        return Optional.of(cache.directory(digest)).filter(Files::isDirectory);
    }

    private void remember() {
        accepted.values().removeIf(BundleCatalog::isGone);
        held = List.copyOf(accepted.keySet());
    }

    /**
     * Whether one that lies there now, or was had from the cache, is whole: it has been read, every
     * file of it.
     */
    boolean hasUsable() {
        return isUsable(held()) || isUsable(digests());
    }

    private boolean isUsable(Collection<String> digests) {
        return digests.stream().anyMatch(digest -> find(digest) instanceof BundleReading.Accepted);
    }

    /** Digests of what lies in the directory now; nothing of it has been checked. */
    Collection<String> digests() {
        return inDirectory().keySet();
    }

    /** A directory that is not there, or cannot be read, holds nothing. */
    private Map<String, Path> inDirectory() {
        try {
            return directory.digests();
        } catch (IOException | UncheckedIOException unreadable) {
            LOG.warn("bundles not readable directory={} problem={}", root, unreadable.toString());
            return Map.of();
        }
    }
}

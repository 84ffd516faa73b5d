package io.flexir.worker.pipeline;

import com.fasterxml.jackson.core.JacksonException;

import io.flexir.contracts.bundle.BundleKeys;
import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Bundles of the bucket in a directory of this machine, each under its digest. A bundle appears
 * there whole or not at all: every file is held against the manifest, and the manifest against the
 * digest, before it gets its name, which it loses before it is deleted. Several workers may share
 * the directory. Thread-safe; fetches one bundle at a time.
 */
public final class BundleCache {
    private static final Logger LOG = LoggerFactory.getLogger(BundleCache.class);
    private static final String UNFINISHED = ".fetching-";

    private final ObjectStore store;
    private final String bucket;
    private final Path root;
    private final BoundedDirectory space;
    private final long maxBytes;
    private final BundleReader reader = new BundleReader();

    /**
     * @param root is made when it is first needed
     * @param maxBytes that the bundles in it may take together: those used longest ago go first
     */
    public BundleCache(ObjectStore store, String bucket, Path root, long maxBytes) {
        this.store = store;
        this.bucket = bucket;
        this.root = root;
        this.maxBytes = maxBytes;
        this.space = new BoundedDirectory(root, UNFINISHED, maxBytes);
    }

    /** Where the bundle with this digest lies, or would. */
    Path directory(String digest) {
        return root.resolve(digest);
    }

    /** It is used now, if it lies here. */
    void used(String digest) {
        Path directory = directory(digest);
        if (Files.isDirectory(directory)) {
            space.used(directory);
        }
    }

    /**
     * Has it at hand. What lies there is read, every file of it, and fetched anew where it is not
     * whole. Blocks on the store.
     */
    synchronized BundleFetch fetch(String digest) {
        Path directory = directory(digest);
        if (Files.isDirectory(directory)) {
            if (isWhole(digest)) {
                space.used(directory);
                return new BundleFetch.Here();
            }
            LOG.warn("event=bundle_broken digest={} directory={}", digest, directory);
            space.discard(directory);
        }
        try {
            return fetchManifest(digest);
        } catch (IOException | UncheckedIOException unusable) {
            return new BundleFetch.Refused(
                    "the bundle cache " + root + " cannot be used: " + unusable);
        }
    }

    private boolean isWhole(String digest) {
        return reader.read(directory(digest)) instanceof BundleReading.Accepted(Bundle bundle)
                && bundle.digest().equals(digest);
    }

    private BundleFetch fetchManifest(String digest) throws IOException {
        String key = BundleKeys.manifest(digest);
        return switch (read(key, BundleKeys.MAX_MANIFEST_BYTES)) {
            case Fetching.Bytes(byte[] json) -> fetch(digest, key, json);
            case Fetching.Failed(BundleFetch why) -> why;
        };
    }

    private BundleFetch fetch(String digest, String key, byte[] json) throws IOException {
        String found = BundleReader.digestOf(json);
        if (!found.equals(digest)) {
            return new BundleFetch.Refused(
                    key + " has sha256 " + found + ", its name says another");
        }
        BundleManifest manifest;
        try {
            manifest = reader.manifest(json);
        } catch (JacksonException invalid) {
            return new BundleFetch.Refused(key + ": " + MessageCodec.explain(invalid));
        }
        Optional<String> tooLarge = tooLarge(manifest);
        return tooLarge.isPresent()
                ? new BundleFetch.Refused(tooLarge.get())
                : fetchFiles(digest, manifest, json);
    }

    private Optional<String> tooLarge(BundleManifest manifest) {
        for (BundleManifest.Graph graph : manifest.graphs()) {
            if (graph.bytes() > BundleKeys.MAX_FILE_BYTES) {
                return Optional.of(
                        graph.file()
                                + " has "
                                + graph.bytes()
                                + " bytes; at most "
                                + BundleKeys.MAX_FILE_BYTES
                                + " are fetched");
            }
        }
        long all = bytes(manifest);
        return all > maxBytes
                ? Optional.of(
                        "the bundle has "
                                + all
                                + " bytes, and the cache "
                                + root
                                + " at most "
                                + maxBytes)
                : Optional.empty();
    }

    private static long bytes(BundleManifest manifest) {
        return manifest.graphs().stream().mapToLong(BundleManifest.Graph::bytes).sum();
    }

    private BundleFetch fetchFiles(String digest, BundleManifest manifest, byte[] json)
            throws IOException {
        Path unfinished = space.begin(bytes(manifest));
        try {
            for (BundleManifest.Graph graph : manifest.graphs()) {
                switch (read(BundleKeys.file(digest, graph.file()), graph.bytes())) {
                    case Fetching.Bytes(byte[] bytes) ->
                            Files.write(unfinished.resolve(graph.file()), bytes);
                    case Fetching.Failed(BundleFetch why) -> {
                        return why;
                    }
                }
            }
            Files.write(unfinished.resolve(BundleKeys.MANIFEST), json);
            return switch (reader.read(unfinished)) {
                case BundleReading.Accepted _ -> keep(digest, manifest, unfinished);
                case BundleReading.Refused(String reason) ->
                        new BundleFetch.Refused(
                                reason.replace(
                                        unfinished.getFileName().toString(),
                                        BundleKeys.PREFIX + digest));
            };
        } finally {
            space.discard(unfinished);
        }
    }

    private BundleFetch keep(String digest, BundleManifest manifest, Path unfinished)
            throws IOException {
        try {
            Files.move(unfinished, directory(digest));
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException another) {
            LOG.debug("another worker was faster digest={}", digest);
        }
        LOG.info(
                "event=bundle_fetched model={} digest={} bytes={}",
                manifest.name(),
                digest,
                bytes(manifest));
        return new BundleFetch.Here();
    }

    private Fetching read(String key, long maxBytes) {
        FetchOutcome outcome = store.fetch(ObjectReference.latest(bucket, key), maxBytes);
        return switch (outcome) {
            case FetchOutcome.Fetched fetched -> new Fetching.Bytes(fetched.bytes());
            case FetchOutcome.Unavailable(String detail) ->
                    new Fetching.Failed(new BundleFetch.Unavailable(detail));
            case FetchOutcome.Missing _, FetchOutcome.Changed _ ->
                    new Fetching.Failed(
                            new BundleFetch.Refused(key + " is not in the bucket " + bucket));
            case FetchOutcome.TooLarge(long bytes, long limit) ->
                    new Fetching.Failed(
                            new BundleFetch.Refused(
                                    key
                                            + " has "
                                            + bytes
                                            + " bytes or more, and "
                                            + limit
                                            + " at most were expected"));
            case FetchOutcome.Denied(String detail) ->
                    new Fetching.Failed(
                            new BundleFetch.Refused(key + " may not be read: " + detail));
        };
    }

    /** Bytes, or why there are none. */
    private sealed interface Fetching {
        record Bytes(byte[] bytes) implements Fetching {}

        record Failed(BundleFetch why) implements Fetching {}
    }
}

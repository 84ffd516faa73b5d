package io.flexir.ops.local.bundles;

import io.flexir.contracts.bundle.BundleKeys;
import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.ops.local.CannotStart;
import io.flexir.scheduler.storage.ObjectLookup;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.StorageException;
import io.flexir.scheduler.storage.StoredObject;
import io.flexir.worker.restore.bundle.Bundle;
import io.flexir.worker.restore.bundle.BundleReader;
import io.flexir.worker.restore.bundle.BundleReading;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The bundles of a bucket, each under the digest of its manifest. Blocks; thread-safe. */
public final class BundleBucket {
    private final ObjectStore store;
    private final BundleReader reader = new BundleReader();

    /**
     * @param store stays the caller's to close
     */
    public BundleBucket(ObjectStore store) {
        this.store = store;
    }

    /**
     * What lies in a directory, every file of it held against its manifest.
     *
     * @throws CannotStart when it is no whole bundle: it says which file and why
     */
    public static Bundle verified(Path directory) {
        return switch (new BundleReader().read(directory)) {
            case BundleReading.Accepted(Bundle bundle) -> fetchable(bundle);
            case BundleReading.Refused(String reason) -> throw new CannotStart(reason);
        };
    }

    private static Bundle fetchable(Bundle bundle) {
        for (BundleManifest.Graph graph : bundle.manifest().graphs()) {
            if (graph.bytes() > BundleKeys.MAX_FILE_BYTES) {
                throw new CannotStart(
                        "bundle "
                                + bundle.directory().getFileName()
                                + " is refused: "
                                + graph.file()
                                + " has "
                                + graph.bytes()
                                + " bytes; workers fetch at most "
                                + BundleKeys.MAX_FILE_BYTES);
            }
        }
        return bundle;
    }

    /**
     * Puts a bundle there, its manifest last, so that it is there whole or not at all. Again it
     * writes the same.
     *
     * @return its digest
     * @throws CannotStart when it is no whole bundle, or the store does not take it
     */
    public String push(Path directory) {
        Bundle bundle = verified(directory);
        try {
            for (BundleManifest.Graph graph : bundle.manifest().graphs()) {
                store.put(
                        BundleKeys.file(bundle.digest(), graph.file()),
                        Files.readAllBytes(bundle.file(graph)));
            }
            store.put(
                    BundleKeys.manifest(bundle.digest()),
                    Files.readAllBytes(directory.resolve(BundleKeys.MANIFEST)));
            return bundle.digest();
        } catch (IOException unreadable) {
            throw new CannotStart("cannot read " + directory + ": " + unreadable, unreadable);
        } catch (StorageException unanswered) {
            throw unreachable(unanswered);
        }
    }

    /**
     * What there is, by name and time.
     *
     * @throws CannotStart when the store does not answer
     */
    public List<StoredBundle> list() {
        List<StoredBundle> found = new ArrayList<>();
        try {
            List<StoredObject> objects = new ArrayList<>();
            store.list(BundleKeys.PREFIX, objects::add);
            objects.stream()
                    .filter(object -> object.key().endsWith("/" + BundleKeys.MANIFEST))
                    .map(this::read)
                    .forEach(found::add);
        } catch (StorageException unanswered) {
            throw unreachable(unanswered);
        }
        found.sort(
                Comparator.comparing((StoredBundle bundle) -> String.valueOf(bundle.name()))
                        .thenComparing(StoredBundle::storedAt));
        return found;
    }

    private StoredBundle read(StoredObject object) {
        String digest =
                object.key()
                        .substring(
                                BundleKeys.PREFIX.length(),
                                object.key().length() - BundleKeys.MANIFEST.length() - 1);
        ObjectReference manifest = ObjectReference.latest(store.bucket(), object.key());
        if (!(store.find(manifest) instanceof ObjectLookup.Found found)) {
            return refused(digest, object, "it is gone");
        }
        try {
            byte[] json = store.readStart(found.reference(), BundleKeys.MAX_MANIFEST_BYTES);
            if (!BundleReader.digestOf(json).equals(digest)) {
                return refused(digest, object, "its manifest has another digest than its name");
            }
            BundleManifest read = reader.manifest(json);
            return new StoredBundle(
                    digest,
                    read.name(),
                    read.version(),
                    read.graphs().stream().mapToLong(BundleManifest.Graph::bytes).sum(),
                    object.storedAt(),
                    null);
        } catch (IOException invalid) {
            return refused(digest, object, "its manifest cannot be read");
        }
    }

    private static StoredBundle refused(String digest, StoredObject object, String problem) {
        return new StoredBundle(digest, null, null, 0, object.storedAt(), problem);
    }

    private static CannotStart unreachable(StorageException unanswered) {
        return new CannotStart(
                "the object store: "
                        + unanswered.getMessage()
                        + " ("
                        + unanswered.getCause()
                        + "). Is it there, and are --s3, its keys and its bucket right?",
                unanswered);
    }
}

package io.flexir.scheduler.bundles;

import com.fasterxml.jackson.core.JacksonException;

import io.flexir.contracts.bundle.BundleKeys;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.MessageCodec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The bundles that orders are written for, by name: those of a directory, until another version of
 * one is put in its place. Only manifests are read; the graphs are the workers' business.
 * Thread-safe.
 */
public final class BundleCatalog {
    private static final String MANIFEST = BundleKeys.MANIFEST;

    private final Map<String, Bundle> configured;
    private final int deepest;
    private final BundleVersions versions;
    private volatile Versions now;

    private BundleCatalog(Map<String, Bundle> configured, ManifestSource bucket) {
        this.configured = Map.copyOf(configured);
        this.deepest = configured.values().stream().mapToInt(Bundle::n).max().orElseThrow();
        this.versions = new BundleVersions(this.configured.values(), bucket);
        this.now = Versions.of(configured);
    }

    /** The same, that also finds manifests of versions that are not in the directory. */
    public BundleCatalog with(ManifestSource bucket) {
        return new BundleCatalog(configured, bucket);
    }

    /** All versions that there are, by digest. */
    public BundleVersions versions() {
        return versions;
    }

    /** Orders are written for this version of its name from now on. */
    public synchronized void put(Bundle version) {
        if (!configured.containsKey(version.name())) {
            throw new IllegalArgumentException("There is no bundle " + version.name());
        }
        Map<String, Bundle> next = new TreeMap<>(now.bundles());
        next.put(version.name(), version);
        now = Versions.of(next);
    }

    /** Orders are written for the version of the directory again. */
    public void putBack(String name) {
        Bundle original = configured.get(name);
        if (original != null) {
            put(original);
        }
    }

    /** A catalogue of these bundles, at least one, with different names. */
    public static BundleCatalog of(List<Bundle> bundles) {
        Map<String, Bundle> byName = new TreeMap<>();
        for (Bundle bundle : bundles) {
            if (byName.put(bundle.name(), bundle) != null) {
                throw new InvalidBundleException("Two bundles are named " + bundle.name());
            }
        }
        if (byName.isEmpty()) {
            throw new InvalidBundleException("There is no bundle");
        }
        return new BundleCatalog(byName, ManifestSource.NONE);
    }

    /**
     * Reads {@code <directory>/<bundle>/manifest.json} of every bundle.
     *
     * @throws InvalidBundleException when there is none, or one is not a manifest: it says which
     *     and why
     */
    public static BundleCatalog read(Path directory) {
        List<Path> manifests = manifests(directory);
        if (manifests.isEmpty()) {
            throw new InvalidBundleException(
                    "No bundle in "
                            + directory.toAbsolutePath()
                            + ": each has a directory of its own with a "
                            + MANIFEST);
        }
        return of(manifests.stream().map(BundleCatalog::readManifest).toList());
    }

    public Optional<Bundle> find(String name) {
        return Optional.ofNullable(now.bundles().get(name));
    }

    /**
     * The bundles that a request may be done with: the one it names, or every one that the worker
     * may choose from. Empty where there is none.
     */
    public List<Bundle> serving(String model) {
        return model.equals(RestorationRequest.AUTOMATIC)
                ? now.automatic()
                : find(model).map(List::of).orElseGet(List::of);
    }

    /** All of them, in no order. */
    public Collection<Bundle> all() {
        return now.bundles().values();
    }

    /** All names, sorted. */
    public SortedSet<String> names() {
        return new TreeSet<>(configured.keySet());
    }

    /** The largest pointer of any bundle. */
    public int deepest() {
        return deepest;
    }

    private static List<Path> manifests(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.resolve(MANIFEST))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw new InvalidBundleException(
                    "The bundle directory " + directory.toAbsolutePath() + " cannot be read",
                    unreadable);
        }
    }

    private static Bundle readManifest(Path file) {
        try {
            return BundleVersions.parse(Files.readAllBytes(file));
        } catch (JacksonException refused) {
            throw new InvalidBundleException(
                    file + " is not a manifest: " + MessageCodec.explain(refused), refused);
        } catch (IOException unreadable) {
            throw new InvalidBundleException(file + " cannot be read", unreadable);
        }
    }

    /** One version of each name, and which of them a worker may choose from. */
    private record Versions(Map<String, Bundle> bundles, List<Bundle> automatic) {
        static Versions of(Map<String, Bundle> bundles) {
            return new Versions(
                    Map.copyOf(bundles),
                    bundles.values().stream()
                            .filter(bundle -> bundle.manifest().suitsAutomaticChoice())
                            .toList());
        }
    }
}

package io.flexir.scheduler.bundles;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.MessageCodec;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The bundles of a directory, by name. Only manifests are read; the graphs are the workers'
 * business.
 */
public final class BundleCatalog {
    private static final String MANIFEST = "manifest.json";

    private final Map<String, Bundle> bundles;
    private final List<Bundle> automatic;

    private BundleCatalog(Map<String, Bundle> bundles) {
        this.bundles = Map.copyOf(bundles);
        this.automatic =
                bundles.values().stream()
                        .filter(bundle -> bundle.manifest().suitsAutomaticChoice())
                        .toList();
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
        return new BundleCatalog(byName);
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
        return Optional.ofNullable(bundles.get(name));
    }

    /**
     * The bundles that a request may be done with: the one it names, or every one that the worker
     * may choose from. Empty where there is none.
     */
    public List<Bundle> serving(String model) {
        return model.equals(RestorationRequest.AUTOMATIC)
                ? automatic
                : find(model).map(List::of).orElseGet(List::of);
    }

    /** All of them, in no order. */
    public Collection<Bundle> all() {
        return bundles.values();
    }

    /** All names, sorted. */
    public SortedSet<String> names() {
        return new TreeSet<>(bundles.keySet());
    }

    /** The largest pointer of any bundle. */
    public int deepest() {
        return bundles.values().stream().mapToInt(Bundle::n).max().orElseThrow();
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
        JsonMapper mapper = MessageCodec.newMapper();
        try {
            byte[] bytes = Files.readAllBytes(file);
            return new Bundle(mapper.readValue(bytes, BundleManifest.class), sha256(bytes));
        } catch (JacksonException refused) {
            throw new InvalidBundleException(
                    file + " is not a manifest: " + MessageCodec.explain(refused), refused);
        } catch (IOException unreadable) {
            throw new InvalidBundleException(file + " cannot be read", unreadable);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256", impossible);
        }
    }
}

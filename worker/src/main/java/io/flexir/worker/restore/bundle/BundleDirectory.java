package io.flexir.worker.restore.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory with one bundle in each of its subdirectories. Reads the disk at each call.
 * Thread-safe.
 */
public final class BundleDirectory {
    private final Path root;

    public BundleDirectory(Path root) {
        this.root = root;
    }

    /** Digests of the bundles that lie here, with their directories. Graphs are not looked at. */
    public Map<String, Path> digests() throws IOException {
        Map<String, Path> digests = new TreeMap<>();
        try (Stream<Path> directories = Files.list(root)) {
            for (Path directory : directories.sorted().toList()) {
                if (Files.isRegularFile(directory.resolve(BundleReader.MANIFEST))) {
                    digests.put(
                            BundleReader.digestOf(directory.resolve(BundleReader.MANIFEST)),
                            directory);
                }
            }
        }
        return digests;
    }
}

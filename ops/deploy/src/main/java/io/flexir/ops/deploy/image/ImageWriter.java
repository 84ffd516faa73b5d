package io.flexir.ops.deploy.image;

import com.google.cloud.tools.jib.api.CacheDirectoryCreationException;
import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.Jib;
import com.google.cloud.tools.jib.api.JibContainerBuilder;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.api.buildplan.AbsoluteUnixPath;
import com.google.cloud.tools.jib.api.buildplan.FileEntriesLayer;
import com.google.cloud.tools.jib.api.buildplan.FilePermissions;
import com.google.cloud.tools.jib.api.buildplan.Port;

import io.flexir.ops.deploy.tool.CannotBuildException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes an image from its tree. The layers stand in the order in which they seldom change: what
 * lies under all of them, Java, libraries, the archive of their classes, models, and last our own
 * jars, which are all that an upgrade of our code replaces. Equal trees give equal bytes.
 */
final class ImageWriter {
    /** All files bear it: an archive of classes fits jars of the very time only. */
    static final Instant FILES_TIME = Instant.ofEpochSecond(1);

    private static final FilePermissions PROGRAM = FilePermissions.fromOctalString("755");
    private static final FilePermissions FILE = FilePermissions.fromOctalString("644");
    private static final FilePermissions OPEN = FilePermissions.fromOctalString("777");

    private final Path cache;
    private final String version;
    private final Instant created;

    /**
     * @param cache directory of layers that were built before
     * @param version becomes the tag
     * @param created what the image says of itself; the same for the same sources
     */
    ImageWriter(Path cache, String version, Instant created) {
        this.cache = cache;
        this.version = version;
        this.created = created;
    }

    /** Gives every file of the tree the time that it has in the image. */
    static void settleTimes(ImageTree tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree.root())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(FILES_TIME));
            }
        }
    }

    /**
     * @param base to stand on, or nothing at all
     * @param tar written anew
     */
    void write(ImageKind kind, ImageTree tree, Optional<String> base, Path tar)
            throws IOException, InterruptedException {
        try {
            JibContainerBuilder image = base.isPresent() ? Jib.from(base.get()) : Jib.fromScratch();
            for (ImageLayer layer : ImageLayer.values()) {
                FileEntriesLayer entries = entries(tree, layer);
                if (!entries.getEntries().isEmpty()) {
                    image.addFileEntriesLayer(entries);
                }
            }
            image.setEnvironment(kind.environment())
                    .setUser(DebianRoot.USER + ":" + DebianRoot.USER)
                    .setWorkingDirectory(AbsoluteUnixPath.get("/tmp"))
                    .setExposedPorts(
                            kind.ports().stream().map(Port::tcp).collect(Collectors.toSet()))
                    .setEntrypoint(
                            ImageTree.JAVA + "/bin/java",
                            "@" + ImageTree.ARGUMENTS,
                            kind.mainClass())
                    .setCreationTime(created)
                    .setLabels(labels(kind))
                    .containerize(
                            Containerizer.to(
                                            TarImage.at(tar)
                                                    .named(
                                                            ImageReference.of(
                                                                    null,
                                                                    kind.repository(),
                                                                    version)))
                                    .setToolName("flexir")
                                    .setApplicationLayersCache(cache)
                                    .setBaseImageLayersCache(cache.resolveSibling("base-layers"))
                                    .setOfflineMode(base.isEmpty()));
        } catch (InvalidImageReferenceException
                | CacheDirectoryCreationException
                | RegistryException
                | ExecutionException wrong) {
            throw new CannotBuildException(
                    "the image " + kind.title() + " could not be written: " + wrong.getMessage(),
                    wrong);
        }
    }

    private Map<String, String> labels(ImageKind kind) {
        return Map.of(
                "org.opencontainers.image.title",
                "FlexIR fleet: " + kind.title(),
                "org.opencontainers.image.version",
                version,
                "org.opencontainers.image.licenses",
                "Apache-2.0");
    }

    private static FileEntriesLayer entries(ImageTree tree, ImageLayer layer) throws IOException {
        FileEntriesLayer.Builder entries = FileEntriesLayer.builder().setName(layer.title());
        for (String path : layer.paths()) {
            if (Files.exists(tree.at(path))) {
                entries.addEntryRecursive(
                        tree.at(path),
                        AbsoluteUnixPath.get(path),
                        (file, inImage) -> permissions(file, inImage.toString()),
                        (file, inImage) -> FILES_TIME);
            }
        }
        FileEntriesLayer all = entries.build();
        return all.toBuilder()
                .setEntries(
                        all.getEntries().stream()
                                .filter(entry -> layer.holds(entry.getExtractionPath().toString()))
                                .toList())
                .build();
    }

    private static FilePermissions permissions(Path file, String inImage) {
        if (inImage.equals("/tmp")) {
            return OPEN;
        }
        return Files.isDirectory(file) || Files.isExecutable(file) ? PROGRAM : FILE;
    }
}

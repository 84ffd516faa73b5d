package io.flexir.ops.deploy.image;

import io.flexir.ops.deploy.tool.CannotBuildException;
import io.flexir.ops.deploy.tool.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * From the modules' jars to tar files of images.
 *
 * @param project the checkout's root, its modules packaged
 * @param target directory for images and what they are made of
 * @param version tag of the images
 * @param created what the images say of their making
 */
public record ImageBuild(Path project, Path target, String version, Instant created) {

    /**
     * Builds images and returns where they lie.
     *
     * @param base what the workers for CUDA stand on, in Jib's words: a name in a registry, or
     *     {@code tar://FILE}
     * @throws CannotBuildException with what is missing
     */
    public Map<ImageKind, Path> run(Set<ImageKind> kinds, Optional<String> base)
            throws IOException, InterruptedException {
        if (kinds.contains(ImageKind.WORKER_CUDA) && base.isEmpty()) {
            throw new CannotBuildException(
                    "worker-cuda stands on an image with CUDA 12 and cuDNN 9: name it with --base");
        }
        Files.createDirectories(target);
        Map<ImageKind, ImageTree> trees = trees(withStarters(kinds));
        archives(trees);
        Map<ImageKind, Path> images = new EnumMap<>(ImageKind.class);
        ImageWriter writer = new ImageWriter(target.resolve("layers"), version, created);
        for (ImageKind kind : kinds) {
            ImageTree tree = tree(trees, kind);
            JavaArguments.write(tree);
            Path tar = target.resolve("flexir-" + kind.title() + "-" + version + ".tar");
            boolean cuda = kind == ImageKind.WORKER_CUDA;
            writer.write(kind, tree, cuda ? base : Optional.empty(), tar);
            images.put(kind, tar);
        }
        return images;
    }

    /** Scheduler and worker rehearse together. */
    private static Set<ImageKind> withStarters(Set<ImageKind> kinds) {
        Set<ImageKind> all = EnumSet.copyOf(kinds);
        if (all.stream().anyMatch(kind -> kind != ImageKind.OPS)) {
            all.add(ImageKind.SCHEDULER);
            if (all.stream().noneMatch(ImageKind::isWorker)) {
                all.add(ImageKind.WORKER_CPU);
            }
        }
        return all;
    }

    private Map<ImageKind, ImageTree> trees(Set<ImageKind> kinds) throws IOException {
        Path work = empty("work");
        ImageTree java = new ImageTree(empty("java"));
        JavaRuntime.write(java);
        ImageTree root = new ImageTree(empty("root"));
        DebianRoot.write(root, work);
        Map<ImageKind, ImageTree> trees = new EnumMap<>(ImageKind.class);
        for (ImageKind kind : kinds) {
            ImageTree tree = new ImageTree(empty("trees/" + kind.title()));
            link(java, tree);
            if (kind != ImageKind.WORKER_CUDA) {
                link(root, tree);
            }
            new BuiltModules(project, version).write(kind, tree);
            ImageWriter.settleTimes(tree);
            trees.put(kind, tree);
        }
        return trees;
    }

    private void archives(Map<ImageKind, ImageTree> trees) throws IOException {
        KeptArchives kept = new KeptArchives(target.resolve("archives"));
        Set<ImageKind> missing = EnumSet.noneOf(ImageKind.class);
        for (Map.Entry<ImageKind, ImageTree> each : trees.entrySet()) {
            if (each.getKey() != ImageKind.OPS && !kept.restore(each.getKey(), each.getValue())) {
                missing.add(each.getKey());
            }
        }
        if (missing.isEmpty()) {
            return;
        }
        ImageKind worker =
                trees.keySet().stream().filter(ImageKind::isWorker).findFirst().orElseThrow();
        Rehearsal.Loaded loaded =
                new Rehearsal(
                                tree(trees, ImageKind.SCHEDULER),
                                tree(trees, worker),
                                project.resolve("ops/samples/dog.png"))
                        .run(empty("rehearsal"));
        for (ImageKind kind : missing) {
            ImageTree tree = tree(trees, kind);
            ClassArchive.write(tree, kind.isWorker() ? loaded.worker() : loaded.scheduler());
            kept.keep(kind, tree);
        }
    }

    private static ImageTree tree(Map<ImageKind, ImageTree> trees, ImageKind kind) {
        return Objects.requireNonNull(trees.get(kind), "no tree of this kind");
    }

    private Path empty(String name) throws IOException {
        Path directory = target.resolve(name);
        Tool.run(target, List.of("rm", "-rf", directory.toString()));
        return Files.createDirectories(directory);
    }

    /** The same files under another name: nothing is copied. */
    private void link(ImageTree from, ImageTree to) {
        Tool.run(target, List.of("cp", "-al", from.root() + "/.", to.root().toString()));
    }
}

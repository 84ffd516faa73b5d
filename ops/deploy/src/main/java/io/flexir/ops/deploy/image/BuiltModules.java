package io.flexir.ops.deploy.image;

import io.flexir.ops.deploy.tool.CannotBuildException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What {@code mvn -Pimages package} left in the modules' build directories.
 *
 * @param project the checkout's root
 * @param version of the jars of ours that are taken: others may lie beside them
 */
record BuiltModules(Path project, String version) {
    private static final String DEPENDENCIES = "target/image/lib";

    /** The command line's, which has no version in its name. */
    private static final String LAUNCHED = "flexir.jar";

    /** Ours and no one else's: the pieces that change with every commit. */
    private static final Predicate<String> OWN = name -> name.startsWith("flexir");

    /** Fills in libraries, our jars, models and logging. */
    void write(ImageKind kind, ImageTree tree) throws IOException {
        Path module = project.resolve(module(kind));
        boolean command = kind == ImageKind.OPS;
        Path libraries = module.resolve(command ? "target/lib" : DEPENDENCIES);
        if (!Files.isDirectory(libraries)) {
            throw new CannotBuildException(
                    libraries + " is missing: build with mvn -Pimages package");
        }
        refuseTheOtherRuntime(kind, libraries);
        Libraries.copy(libraries, OWN.negate(), tree, ImageTree.LIBRARIES);
        Libraries.copy(libraries, this::isOfThisVersion, tree, ImageTree.OWN);
        Libraries.copy(
                module.resolve("target"),
                name -> command ? name.equals(LAUNCHED) : isOfThisVersion(name),
                tree,
                ImageTree.OWN);
        if (!command) {
            Libraries.copy(deploy(DEPENDENCIES), name -> true, tree, ImageTree.LIBRARIES);
        }
        Libraries.copy(
                deploy("target"),
                name -> name.endsWith("-" + version + "-probe.jar"),
                tree,
                ImageTree.OWN);
        models(tree);
        Files.createDirectories(tree.at(ImageTree.CONFIGURATION));
        Files.copy(
                project.resolve("ops/deploy/src/main/resources/logback-image.xml"),
                tree.at(ImageTree.LOGGING));
    }

    /** Neither tests nor the probe are: what stands behind their version names them. */
    private boolean isOfThisVersion(String name) {
        return OWN.test(name) && name.endsWith("-" + version + ".jar");
    }

    private Path deploy(String path) {
        return project.resolve("ops/deploy").resolve(path);
    }

    private static String module(ImageKind kind) {
        return switch (kind) {
            case SCHEDULER -> "scheduler";
            case WORKER_CPU, WORKER_CUDA -> "worker";
            case OPS -> "ops/cli";
        };
    }

    private static void refuseTheOtherRuntime(ImageKind kind, Path libraries) throws IOException {
        if (!kind.isWorker()) {
            return;
        }
        try (Stream<Path> jars = Files.list(libraries)) {
            boolean cuda =
                    jars.anyMatch(
                            jar -> jar.getFileName().toString().startsWith("onnxruntime_gpu"));
            if (cuda != (kind == ImageKind.WORKER_CUDA)) {
                throw new CannotBuildException(
                        "the modules were built "
                                + (cuda ? "with" : "without")
                                + " -Pgpu: the image "
                                + kind.title()
                                + " needs them "
                                + (cuda ? "without" : "with")
                                + " it");
            }
        }
    }

    private void models(ImageTree tree) throws IOException {
        Path models = project.resolve("ops/models");
        try (Stream<Path> found = Files.walk(models)) {
            List<Path> files =
                    found.filter(path -> path.getNameCount() > models.getNameCount() + 1)
                            .filter(Files::isRegularFile)
                            .toList();
            for (Path file : files) {
                Path to = tree.at(ImageTree.MODELS).resolve(models.relativize(file).toString());
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }
}

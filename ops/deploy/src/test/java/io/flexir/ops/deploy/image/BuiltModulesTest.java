package io.flexir.ops.deploy.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipOutputStream;

class BuiltModulesTest {
    @TempDir private Path directory;

    @Test
    void what_other_builds_left_beside_the_jars_of_this_version_stays_out() throws IOException {
        jars("scheduler/target", "flexir-scheduler-1.0.jar", "flexir-scheduler-0.1-SNAPSHOT.jar");
        jars("scheduler/target", "flexir-scheduler-1.0-tests.jar");
        jars("scheduler/target/image/lib", "flexir-contracts-1.0.jar", "library-0.9.jar");
        jars("scheduler/target/image/lib", "flexir-contracts-0.1-SNAPSHOT.jar");
        jars("ops/deploy/target", "flexir-deploy-1.0-probe.jar", "flexir-deploy-0.9-probe.jar");
        jars("ops/deploy/target/image/lib", "logging.jar");

        ImageTree tree = write(ImageKind.SCHEDULER);

        assertThat(names(tree, ImageTree.OWN))
                .containsExactly(
                        "flexir-contracts-1.0.jar",
                        "flexir-deploy-1.0-probe.jar",
                        "flexir-scheduler-1.0.jar");
        assertThat(names(tree, ImageTree.LIBRARIES))
                .containsExactly("library-0.9.jar", "logging.jar");
    }

    @Test
    void the_command_line_is_the_jar_that_the_launcher_starts() throws IOException {
        jars("ops/cli/target", "flexir.jar");
        jars("ops/cli/target/lib", "flexir-worker-1.0.jar", "flexir-worker-0.9.jar", "a.jar");
        jars("ops/deploy/target", "flexir-deploy-1.0-probe.jar");

        assertThat(names(write(ImageKind.OPS), ImageTree.OWN))
                .containsExactly(
                        "flexir-deploy-1.0-probe.jar", "flexir-worker-1.0.jar", "flexir.jar");
    }

    private ImageTree write(ImageKind kind) throws IOException {
        Files.createDirectories(directory.resolve("ops/models"));
        Path resources = directory.resolve("ops/deploy/src/main/resources");
        Files.writeString(Files.createDirectories(resources).resolve("logback-image.xml"), "");
        ImageTree tree = new ImageTree(directory.resolve("tree"));
        new BuiltModules(directory, "1.0").write(kind, tree);
        return tree;
    }

    private void jars(String place, String... names) throws IOException {
        Path target = Files.createDirectories(directory.resolve(place));
        for (String name : names) {
            new ZipOutputStream(Files.newOutputStream(target.resolve(name))).close();
        }
    }

    private static List<String> names(ImageTree tree, String place) throws IOException {
        try (Stream<Path> files = Files.list(tree.at(place))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}

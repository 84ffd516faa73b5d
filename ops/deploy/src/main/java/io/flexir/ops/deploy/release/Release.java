package io.flexir.ops.deploy.release;

import io.flexir.ops.deploy.tool.Tool;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Puts a version together: the program with its models, the chart, the compose file, the bill of
 * materials, what changed, and checksums. {@code mvn -Prelease package} runs it.
 */
@Command(
        name = "release",
        mixinStandardHelpOptions = true,
        description = "Puts a version together.")
public final class Release implements Callable<Integer> {
    @Option(names = "--project", required = true, description = "The checkout, packaged.")
    private Path project;

    @Option(names = "--out", required = true, description = "Directory for the release.")
    private Path out;

    @Option(names = "--version", required = true, description = "Of the release.")
    private String version;

    @Option(names = "--created", required = true, description = "Time of every file in it.")
    private Instant created;

    /**
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new Release())
                        .registerConverter(Instant.class, Instant::parse)
                        .execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Path root = project.toAbsolutePath().normalize();
        Path release = out.toAbsolutePath().normalize();
        Files.createDirectories(release.getParent());
        Tool.run(root, List.of("rm", "-rf", release.toString()));
        Files.createDirectories(release);
        program(root, release);
        chart(root, release);
        compose(root, release);
        Files.copy(
                root.resolve("ops/cli/target/bom.json"),
                release.resolve("flexir-" + version + ".cdx.json"));
        Files.writeString(release.resolve("CHANGELOG.md"), changelog(root).text());
        Checksums.write(release);
        System.out.println(Files.readString(release.resolve(Checksums.FILE)));
        return CommandLine.ExitCode.OK;
    }

    /** As a checkout has them, so that the launcher finds them; it needs no Maven then. */
    private void program(Path root, Path release) {
        archive(
                root,
                List.of(
                        "LICENSE",
                        "README.md",
                        "ops/flexir",
                        "ops/cli/target/flexir.jar",
                        "ops/cli/target/lib",
                        "ops/models",
                        "ops/samples"),
                "s,^,flexir-" + version + "/,",
                release.resolve("flexir-" + version + ".tar.gz"));
    }

    /** As {@code helm package} names it and {@code helm install} takes it. */
    private void chart(Path root, Path release) {
        archive(
                root.resolve("ops/deploy/helm"),
                List.of("flexir-fleet"),
                "s,^,,",
                release.resolve("flexir-fleet-" + version + ".tgz"));
    }

    private void compose(Path root, Path release) {
        archive(
                root.resolve("ops"),
                List.of("deploy/README.md", "deploy/compose.yaml", "deploy/compose", "dashboards"),
                "s,^,flexir-compose-" + version + "/,",
                release.resolve("flexir-compose-" + version + ".tar.gz"));
    }

    private void archive(Path directory, List<String> names, String transform, Path archive) {
        Tool.run(directory, ReproducibleTar.command(directory, names, transform, created, archive));
    }

    /** Since the tag before this one. */
    private Changelog changelog(Path root) {
        String tags =
                Tool.run(
                        root, List.of("git", "tag", "--merged", "HEAD", "--sort=-v:refname", "v*"));
        String since =
                tags.lines().filter(tag -> !tag.equals("v" + version)).findFirst().orElse("");
        String range = since.isEmpty() ? "HEAD" : since + "..HEAD";
        return new Changelog(
                version,
                since,
                Tool.run(root, List.of("git", "log", "--no-merges", "--format=%s", range))
                        .lines()
                        .toList());
    }
}

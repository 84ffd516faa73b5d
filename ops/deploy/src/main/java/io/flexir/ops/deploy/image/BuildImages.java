package io.flexir.ops.deploy.image;

import io.flexir.ops.deploy.tool.CannotBuildException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Builds container images as tar files; {@code mvn -Pimages package} runs it. */
@Command(
        name = "build-images",
        description = "Builds container images as tar files, for docker load and its like.",
        mixinStandardHelpOptions = true)
public final class BuildImages implements Callable<Integer> {
    @Option(names = "--project", required = true, description = "The checkout, packaged.")
    private Path project;

    @Option(names = "--out", required = true, description = "Directory for the images.")
    private Path out;

    @Option(names = "--version", required = true, description = "Tag of the images.")
    private String version;

    @Option(names = "--created", required = true, description = "When the images say they began.")
    private Instant created;

    @Option(
            names = "--images",
            split = ",",
            required = true,
            description = "scheduler, worker-cpu, worker-cuda, ops; separated by commas.")
    private List<String> images;

    @Option(
            names = "--base",
            description =
                    "What worker-cuda stands on: a name in a registry, or tar://FILE; with CUDA 12 and cuDNN 9.")
    private @Nullable String base;

    /**
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        System.exit(
                new CommandLine(new BuildImages())
                        .registerConverter(Instant.class, Instant::parse)
                        .setExecutionExceptionHandler(BuildImages::say)
                        .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        Map<ImageKind, Path> built =
                new ImageBuild(
                                project.toAbsolutePath().normalize(),
                                out.toAbsolutePath(),
                                version,
                                created)
                        .run(
                                images.stream().map(ImageKind::of).collect(Collectors.toSet()),
                                Optional.ofNullable(base).filter(name -> !name.isBlank()));
        for (Map.Entry<ImageKind, Path> each : built.entrySet()) {
            System.out.printf(
                    "%s:%s  %s  %,d bytes%n",
                    each.getKey().repository(),
                    version,
                    each.getValue(),
                    Files.size(each.getValue()));
        }
        return CommandLine.ExitCode.OK;
    }

    private static int say(Exception wrong, CommandLine line, CommandLine.ParseResult parsed)
            throws Exception {
        if (wrong instanceof CannotBuildException || wrong instanceof IllegalArgumentException) {
            line.getErr().println("build-images: " + wrong.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        throw wrong;
    }
}

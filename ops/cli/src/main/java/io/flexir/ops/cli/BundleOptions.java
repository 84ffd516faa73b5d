package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.worker.restore.bundle.BundleReader;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Which trained model to run. */
final class BundleOptions {

    @Option(
            names = "--bundle",
            paramLabel = "BUNDLE",
            required = true,
            description = "A bundle: its directory, or its name in --bundles.")
    private Path bundle;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-${sys:flexir.home:-.}/ops/models}",
            description =
                    "Holds the trained models, one directory each; FLEXIR_BUNDLES (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    /** The bundle's directory. */
    Path directory() {
        return Stream.of(bundle, bundles.resolve(bundle))
                .filter(BundleOptions::isBundle)
                .findFirst()
                .orElseThrow(
                        () ->
                                new CannotStart(
                                        "there is no bundle "
                                                + bundle
                                                + ", and in "
                                                + bundles
                                                + " only "
                                                + present()));
    }

    private List<String> present() {
        try (Stream<Path> directories = Files.list(bundles)) {
            return directories
                    .filter(BundleOptions::isBundle)
                    .map(directory -> directory.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException _) {
            return List.of();
        }
    }

    private static boolean isBundle(Path directory) {
        return Files.isRegularFile(directory.resolve(BundleReader.MANIFEST));
    }
}

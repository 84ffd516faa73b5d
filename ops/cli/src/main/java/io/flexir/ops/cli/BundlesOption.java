package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.worker.restore.bundle.BundleReader;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Where trained models lie. */
final class BundlesOption {

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-${sys:flexir.home:-.}/ops/models}",
            description =
                    "Holds the trained models, one directory each; FLEXIR_BUNDLES (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    /** Of all bundles. */
    Path directory() {
        return bundles;
    }

    /**
     * A bundle's directory.
     *
     * @param bundle that directory, or its name in this one
     */
    Path directory(Path bundle) {
        return Stream.of(bundle, bundles.resolve(bundle))
                .filter(BundlesOption::isBundle)
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
                    .filter(BundlesOption::isBundle)
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

package io.flexir.ops.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.nio.file.Path;

/** Which trained model to run. */
final class BundleOptions {

    @Option(
            names = "--bundle",
            paramLabel = "BUNDLE",
            required = true,
            description = "A bundle: its directory, or its name in --bundles.")
    private Path bundle;

    @Mixin private BundlesOption bundles;

    /** The bundle's directory. */
    Path directory() {
        return bundles.directory(bundle);
    }
}

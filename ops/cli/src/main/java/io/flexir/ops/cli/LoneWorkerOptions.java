package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A whole fleet with one worker in this process, to be measured, and what it is shown. */
final class LoneWorkerOptions {
    private static final int MAX_THREADS = 1024;

    @Option(
            names = "--bundle",
            paramLabel = "NAME",
            defaultValue = "denoise-color-25-s",
            description = "Name of a bundle in --bundles (default: ${DEFAULT-VALUE}).")
    private String bundle;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-${sys:flexir.home:-.}/ops/models}",
            description =
                    "Holds the trained models, one directory each; FLEXIR_BUNDLES (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    @Option(
            names = "--samples",
            paramLabel = "DIR",
            defaultValue = "${sys:flexir.home:-.}/ops/samples",
            description = "Directory with clean photos, PNG (default: ${DEFAULT-VALUE}).")
    private Path samples;

    @Option(names = "--json", description = "Print one JSON object and nothing else.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    BundleCatalog catalog() {
        return BundleCatalog.read(bundles);
    }

    Bundle bundle(BundleCatalog catalog) {
        return catalog.find(bundle)
                .orElseThrow(
                        () -> new CannotStart("there is no bundle " + bundle + " in " + bundles));
    }

    /** Where the bundle lies. */
    Path directory() {
        return bundles.resolve(bundle);
    }

    Path samples() {
        return samples;
    }

    /**
     * Starts it; what it logs goes to a file.
     *
     * @param threads 1 to 1024
     */
    LocalStack start(int slots, int threads) {
        if (threads < 1 || threads > MAX_THREADS) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--threads must be 1 to " + MAX_THREADS + ", is " + threads);
        }
        Path log = log();
        LogFile.use(log);
        LocalStack stack =
                LocalStack.start(
                        new StackSettings(
                                DataDirectory.temporary(),
                                log,
                                Ports.ANY,
                                1,
                                new Workforce.InProcess(1, slots, threads),
                                bundles,
                                StackSettings.FULL_DEPTH));
        StopSignal.closing(stack::close);
        return stack;
    }

    private static Path log() {
        try {
            return Files.createTempFile("flexir-bench-", ".log");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary file for the log", e);
        }
    }

    /** Prints one of the two, as was asked for. */
    void print(String asJson, List<String> lines) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(asJson);
        } else {
            lines.forEach(out::println);
        }
        out.flush();
    }
}

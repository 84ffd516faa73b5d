package io.flexir.ops.cli;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;

import picocli.CommandLine.Option;

import java.nio.file.Path;

/** What the embedded stack is made of. */
final class StackOptions {

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "${env:FLEXIR_WORKERS:-2}",
            description = "Workers to start; FLEXIR_WORKERS (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-${sys:flexir.home:-.}/ops/models}",
            description =
                    "Holds the trained models, one directory each; FLEXIR_BUNDLES (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    int workers() {
        return workers;
    }

    LocalStack start(DataDirectory directory, int port, BudgetPolicy policy) {
        return LocalStack.start(new StackSettings(directory, port, workers, bundles, policy));
    }
}

package io.flexir.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures speed. */
@Command(
        name = "bench",
        description = "Measures how fast the engine is.",
        mixinStandardHelpOptions = true,
        subcommands = BenchEngineCommand.class,
        footer = {"", "Example:", "  flexir bench engine --bundle denoise-color-25-s"})
final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

package io.flexir.ops.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Measures. */
@Command(
        name = "bench",
        description =
                "Measures how fast the engine is, a worker around it, the scheduler and its decisions, and how the fleet grows and shrinks, whether it does as simulated, how deadlines are kept, and what far too many submissions do.",
        mixinStandardHelpOptions = true,
        subcommands = {
            BenchEngineCommand.class,
            BenchWorkerCommand.class,
            BenchStartCommand.class,
            BenchDecisionCommand.class,
            BenchFlowCommand.class,
            BenchAutoscaleCommand.class,
            BenchTwinCommand.class,
            BenchAnytimeCommand.class,
            BenchFloodCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  flexir bench engine --bundle denoise-color-25-s",
            "  flexir bench worker",
            "  flexir bench start",
            "  flexir bench decision",
            "  flexir bench flow",
            "  flexir bench autoscale --workers 1..4",
            "  flexir bench twin",
            "  flexir bench anytime",
            "  flexir bench flood"
        })
final class BenchCommand implements Runnable {

    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}

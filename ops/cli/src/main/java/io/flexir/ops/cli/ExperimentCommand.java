package io.flexir.ops.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetExperiment;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;

/** Compares ways of granting depth on real jobs. */
@Command(
        name = "experiment",
        description = "Compares ways of granting depth on the jobs that leave it to the fleet.",
        mixinStandardHelpOptions = true,
        subcommands = {
            ExperimentCommand.Start.class,
            ExperimentCommand.Show.class,
            ExperimentCommand.Promote.class,
            ExperimentCommand.End.class
        },
        footer = {
            "",
            "Examples:",
            "  flexir experiment start dial --variant as-it-is --variant h105=adaptive:1.05",
            "  flexir experiment start who --variant as-it-is --variant gain=shadow:gain",
            "  flexir rate JOB --rating 4",
            "  flexir experiment show dial ; flexir experiment promote dial h105"
        })
final class ExperimentCommand implements Callable<Integer> {
    @Mixin private SchedulerOptions scheduler;

    @Spec private CommandSpec spec;

    /** Lists them. */
    @Override
    public Integer call() {
        try (FleetClient fleet = scheduler.connect()) {
            PrintWriter out = spec.commandLine().getOut();
            fleet.experiments().forEach(experiment -> out.println(line(experiment)));
            out.flush();
        }
        return ExitCode.DONE;
    }

    private static String line(FleetExperiment experiment) {
        return experiment.name()
                + "  "
                + (experiment.promoted() == null ? "runs" : "won by " + experiment.promoted())
                + " since "
                + experiment.since();
    }

    @Command(
            name = "start",
            description = "Starts an experiment, or another version of it.",
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Example:",
                "  flexir experiment start dial --variant as-it-is --variant h105=adaptive:1.05"
            })
    static final class Start implements Callable<Integer> {
        @Parameters(
                paramLabel = "NAME",
                converter = IdConverter.class,
                description = "Of the experiment.")
        private String name;

        @Option(
                names = "--variant",
                paramLabel = "VARIANT",
                required = true,
                arity = "1",
                converter = VariantConverter.class,
                description =
                        "NAME: as it is; NAME=policy:POLICY, where fixed:P is a pointer; NAME=adaptive:[RULE:]H;"
                                + " NAME=shadow:POLICY, which is only reckoned. Give at least two.")
        private List<Variant> variants;

        @Mixin private SchedulerOptions scheduler;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            try (FleetClient fleet = scheduler.connect()) {
                spec.commandLine().getOut().println(line(fleet.startExperiment(name, variants)));
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "show",
            description = "Shows what is known of each variant.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir experiment show dial --json"})
    static final class Show implements Callable<Integer> {
        private static final JsonMapper JSON = MessageCodec.newMapper();

        @Parameters(
                paramLabel = "NAME",
                converter = IdConverter.class,
                description = "Of the experiment.")
        private String name;

        @Option(names = "--json", description = "Print one line of JSON.")
        private boolean json;

        @Mixin private SchedulerOptions scheduler;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() throws JsonProcessingException {
            try (FleetClient fleet = scheduler.connect()) {
                FleetExperiment experiment = fleet.experiment(name);
                PrintWriter out = spec.commandLine().getOut();
                if (json) {
                    out.println(JSON.writeValueAsString(experiment));
                } else {
                    out.println(line(experiment));
                    ExperimentTable.lines(experiment).forEach(out::println);
                }
                out.flush();
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "promote",
            description = "Makes a variant what all jobs get.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir experiment promote dial h105"})
    static final class Promote implements Callable<Integer> {
        @Parameters(
                paramLabel = "NAME",
                converter = IdConverter.class,
                description = "Of the experiment.")
        private String name;

        @Parameters(paramLabel = "VARIANT", description = "That won.")
        private String variant;

        @Mixin private SchedulerOptions scheduler;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            try (FleetClient fleet = scheduler.connect()) {
                spec.commandLine().getOut().println(line(fleet.promote(name, variant)));
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "end",
            description = "Ends an experiment; a policy that it promoted stays.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir experiment end dial"})
    static final class End implements Callable<Integer> {
        @Parameters(
                paramLabel = "NAME",
                converter = IdConverter.class,
                description = "Of the experiment.")
        private String name;

        @Mixin private SchedulerOptions scheduler;

        @Override
        public Integer call() {
            try (FleetClient fleet = scheduler.connect()) {
                fleet.endExperiment(name);
            }
            return ExitCode.DONE;
        }
    }
}

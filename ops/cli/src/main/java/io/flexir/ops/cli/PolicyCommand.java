package io.flexir.ops.cli;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetPolicy;
import io.flexir.scheduler.PolicyConverter;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;
import java.util.function.Function;

/** Shows and changes how the fleet grants depth. */
@Command(
        name = "policy",
        description = "Shows how the fleet grants depth, or changes it while it runs.",
        mixinStandardHelpOptions = true,
        subcommands = {
            PolicyCommand.Show.class,
            PolicyCommand.Set.class,
            PolicyCommand.Reset.class
        },
        footer = {
            "",
            "Examples:",
            "  flexir policy                show it",
            "  flexir policy set load:10    keep the backlog under 10 seconds from now on",
            "  flexir policy reset          as the schedulers were started"
        })
final class PolicyCommand implements Callable<Integer> {
    @Mixin private SchedulerOptions scheduler;

    @Mixin private PolicyLines lines;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        return show(scheduler, lines, spec, FleetClient::policy);
    }

    private static int show(
            SchedulerOptions scheduler,
            PolicyLines lines,
            CommandSpec spec,
            Function<FleetClient, FleetPolicy> ask) {
        try (FleetClient fleet = scheduler.connect()) {
            lines.print(spec.commandLine().getOut(), ask.apply(fleet));
        }
        return ExitCode.DONE;
    }

    @Command(
            name = "show",
            description = "Shows the policy in force and what it goes by now.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir policy show --json"})
    static final class Show implements Callable<Integer> {
        @Mixin private SchedulerOptions scheduler;

        @Mixin private PolicyLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            return show(scheduler, lines, spec, FleetClient::policy);
        }
    }

    @Command(
            name = "set",
            description = "Changes the policy of every scheduler; it holds over their restarts.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir policy set load:10"})
    static final class Set implements Callable<Integer> {
        @Parameters(
                paramLabel = "POLICY",
                converter = PolicyConverter.class,
                description = "gain, slack, load:SECONDS or fixed:POINTER.")
        private BudgetPolicy policy;

        @Mixin private SchedulerOptions scheduler;

        @Mixin private PolicyLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            return show(scheduler, lines, spec, fleet -> fleet.changePolicy(policy));
        }
    }

    @Command(
            name = "reset",
            description = "Goes back to the policy that the schedulers were started with.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir policy reset"})
    static final class Reset implements Callable<Integer> {
        @Mixin private SchedulerOptions scheduler;

        @Mixin private PolicyLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            return show(scheduler, lines, spec, FleetClient::resetPolicy);
        }
    }
}

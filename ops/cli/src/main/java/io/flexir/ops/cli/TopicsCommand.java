package io.flexir.ops.cli;

import io.flexir.ops.local.topics.Change;
import io.flexir.ops.local.topics.ChangePlanner;
import io.flexir.ops.local.topics.ClusterPlan;
import io.flexir.ops.local.topics.ClusterTopics;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Compares a cluster's topics with what the fleet needs, and brings them there. */
@Command(
        name = "topics",
        description = {
            "Compares the topics and share groups of a cluster with what the fleet needs, and brings them there:",
            "partitions, replicas, min.insync.replicas, retention, compaction, and how workers share orders."
        },
        mixinStandardHelpOptions = true,
        subcommands = {TopicsCommand.Plan.class, TopicsCommand.Apply.class},
        footer = {
            "",
            "Examples:",
            "  flexir topics plan --kafka kafka:9092 --job-partitions 24     what differs",
            "  flexir topics apply --kafka kafka:9092 --job-partitions 24    as planned"
        })
final class TopicsCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "plan",
            description = {
                "Says what differs and what apply would do. Changes nothing. Ends with 0 if nothing differs, else with 1."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  flexir topics plan --kafka kafka:9092 --job-partitions 24 --pools cpu,cuda",
                "  flexir topics plan --replicas 1 --min-insync 1 --json     a cluster of one broker"
            })
    static final class Plan implements Callable<Integer> {
        @Mixin private BrokerOptions broker;

        @Mixin private TopicsOptions topics;

        @Mixin private TopicsLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            ClusterPlan plan =
                    broker.ask(
                            admin ->
                                    topics.planner()
                                            .plan(new ClusterTopics(admin).read(topics.groups())));
            lines.planned(spec.commandLine().getOut(), plan);
            return plan.changes().isEmpty() ? ExitCode.DONE : ExitCode.DIFFERS;
        }
    }

    @Command(
            name = "apply",
            description = {
                "Carries out what plan says. Once more changes nothing. A change that would lose records, or cannot be made,",
                "stands against all: then nothing is done, what stands against it is told, and it ends with 1."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  flexir topics apply --kafka kafka:9092 --job-partitions 24",
                "  flexir topics apply --retention flexir.outcomes.v1=24h --may-lose flexir.outcomes.v1"
            })
    static final class Apply implements Callable<Integer> {
        @Option(
                names = "--may-lose",
                paramLabel = "TOPIC",
                split = ",",
                description =
                        "Records of this topic may go where a change takes them; may be given several times.")
        private Set<String> mayLose = Set.of();

        @Mixin private BrokerOptions broker;

        @Mixin private TopicsOptions topics;

        @Mixin private TopicsLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            PrintWriter out = spec.commandLine().getOut();
            return broker.ask(
                    admin -> {
                        ClusterTopics cluster = new ClusterTopics(admin);
                        ChangePlanner planner = topics.planner();
                        ClusterPlan plan = planner.plan(cluster.read(topics.groups()));
                        List<Change> hindrances = plan.hindrances(mayLose);
                        if (!hindrances.isEmpty()) {
                            lines.refused(out, plan, hindrances);
                            return ExitCode.DIFFERS;
                        }
                        cluster.apply(plan, mayLose, planner, topics.groups());
                        lines.applied(out, plan);
                        return ExitCode.DONE;
                    });
        }
    }
}

package io.flexir.ops.cli;

import io.flexir.contracts.control.ControlRecord.ActivateBundle;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.bundles.BundleBucket;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Model;
import io.flexir.worker.restore.bundle.Bundle;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;

/** New versions of models for a fleet that runs. */
@Command(
        name = "bundle",
        description = {
            "Puts versions of models into the bucket, and makes one the version that orders name, while the fleet runs.",
            "Workers fetch it; orders name the version before until enough workers hold it."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            BundleCommand.Verify.class,
            BundleCommand.Push.class,
            BundleCommand.Show.class,
            BundleCommand.Activate.class,
            BundleCommand.Rollback.class
        },
        footer = {
            "",
            "Examples:",
            "  flexir bundle push ops/models/denoise-color-25-s           prints the digest",
            "  flexir bundle activate denoise-color-25-s DIGEST --wait",
            "  flexir bundle rollback denoise-color-25-s"
        })
final class BundleCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "verify",
            description = "Holds every file of a bundle against its manifest; prints its digest.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir bundle verify ops/models/denoise-color-25-s"})
    static final class Verify implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", arity = "1..*", description = "The bundle's directory.")
        private List<Path> directories;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            for (Path directory : directories) {
                Bundle bundle = BundleBucket.verified(directory);
                spec.commandLine()
                        .getOut()
                        .println(
                                bundle.digest()
                                        + "  "
                                        + bundle.manifest().name()
                                        + " "
                                        + bundle.manifest().version());
            }
            spec.commandLine().getOut().flush();
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "push",
            description = "Puts a bundle into the bucket after verifying it; prints its digest.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir bundle push ops/models/denoise-color-25-s"})
    static final class Push implements Callable<Integer> {
        @Parameters(paramLabel = "DIR", description = "The bundle's directory.")
        private Path directory;

        @Mixin private BucketOptions bucket;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            String digest = bucket.ask(there -> there.push(directory));
            spec.commandLine().getOut().println(digest);
            spec.commandLine().getOut().flush();
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "list",
            description = "Lists the bundles of the bucket, and which of them orders name.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir bundle list --json"})
    static final class Show implements Callable<Integer> {
        @Mixin private BucketOptions bucket;

        @Mixin private SchedulerOptions scheduler;

        @Mixin private BundleLines lines;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            try (FleetClient fleet = scheduler.connect()) {
                lines.list(
                        spec.commandLine().getOut(),
                        bucket.ask(BundleBucket::list),
                        fleet.models());
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "activate",
            description = {
                "Makes a version of a model the one that orders name, as soon as enough workers of every pool hold it. Jobs whose",
                "order is out end with the version that it names. It holds over restarts."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  flexir bundle activate denoise-color-25-s DIGEST --wait",
                "  flexir bundle activate denoise-color-25-s DIGEST --workers 1     when all hold it"
            })
    static final class Activate implements Callable<Integer> {
        @Parameters(index = "0", paramLabel = "MODEL", description = "Name of the model.")
        private String model;

        @Parameters(index = "1", paramLabel = "DIGEST", description = "As push prints it.")
        private String digest;

        @Mixin private Enough enough;

        @Mixin private SchedulerOptions scheduler;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            try (FleetClient fleet = scheduler.connect()) {
                return enough.activate(spec.commandLine(), fleet, model, digest);
            }
        }
    }

    @Command(
            name = "rollback",
            description = "Activates the version that orders named before the latest activation.",
            mixinStandardHelpOptions = true,
            footer = {"", "Example:", "  flexir bundle rollback denoise-color-25-s --wait"})
    static final class Rollback implements Callable<Integer> {
        @Parameters(paramLabel = "MODEL", description = "Name of the model.")
        private String model;

        @Mixin private Enough enough;

        @Mixin private SchedulerOptions scheduler;

        @Spec private CommandSpec spec;

        @Override
        public Integer call() {
            try (FleetClient fleet = scheduler.connect()) {
                Model.Activation latest = BundleLines.of(fleet.models(), model).activation();
                if (latest == null
                        || latest.previous() == null
                        || latest.previous().equals(latest.digest())) {
                    throw new CannotStart(
                            "no version of " + model + " was activated: there is none before it");
                }
                return enough.activate(spec.commandLine(), fleet, model, latest.previous());
            }
        }
    }

    /** When enough workers hold a version, and whether that is waited for. */
    static final class Enough {
        private static final long LOOK_AGAIN_MILLIS = 200;

        @Option(
                names = "--workers",
                paramLabel = "SHARE",
                defaultValue = "" + ActivateBundle.ENOUGH,
                description =
                        "Share of each pool's ready workers that must hold it, above 0 to 1; one at least (default:"
                                + " ${DEFAULT-VALUE}).")
        private double workers;

        @Option(names = "--wait", description = "Return when orders name it.")
        private boolean wait;

        private int activate(
                picocli.CommandLine command, FleetClient fleet, String model, String digest) {
            Model asked = fleet.activateBundle(model, digest, workers);
            BundleLines.progress(command.getOut(), asked);
            Instant ours = null;
            while (wait && !inForce(asked, digest)) {
                ours = ours == null ? since(asked, digest) : ours;
                requireNoOther(asked, digest, ours);
                try {
                    Thread.sleep(LOOK_AGAIN_MILLIS);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    return ExitCode.UNEXPECTED;
                }
                Model now = BundleLines.of(fleet.models(), model);
                if (!now.equals(asked)) {
                    BundleLines.progress(command.getOut(), now);
                }
                asked = now;
            }
            return ExitCode.DONE;
        }

        /** When the version was asked for; null from a scheduler that has not read that yet. */
        private static @Nullable Instant since(Model model, String digest) {
            Model.Activation latest = model.activation();
            return latest == null || !latest.digest().equals(digest) ? null : latest.since();
        }

        private static void requireNoOther(Model model, String digest, @Nullable Instant ours) {
            Model.Activation latest = model.activation();
            if (latest != null
                    && ours != null
                    && !latest.digest().equals(digest)
                    && latest.since().isAfter(ours)) {
                throw new CannotStart(
                        "another version of " + model.name() + " was asked for meanwhile");
            }
        }

        private static boolean inForce(Model model, String digest) {
            return model.digest().equals(digest);
        }
    }
}

package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.scheduler.config.JobsConfig;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/** Starts the stack and keeps it up. */
@Command(
        name = "up",
        description =
                "Starts broker, object store, scheduler and workers, and stays up until Ctrl-C.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  flexir up --data ~/flexir-data &",
            "  flexir submit photo.png --out restored",
            "  flexir up --workers 1..4        worker processes, as many as the backlog asks for"
        })
final class UpCommand implements Callable<Integer> {

    private static final String LOG = "flexir.log";

    @Option(
            names = "--port",
            converter = PortConverter.class,
            defaultValue = "${env:FLEXIR_PORT:-8080}",
            description =
                    "Port of the scheduler on loopback, 0 for a free one; FLEXIR_PORT (default: ${DEFAULT-VALUE}).")
    private int port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Keep jobs and images here; a temporary directory when left out.")
    private @Nullable Path data;

    @Mixin private StackOptions stack;

    @Spec private CommandSpec spec;

    @Override
    public Integer call() {
        DataDirectory directory =
                data == null ? DataDirectory.temporary() : DataDirectory.kept(data);
        // A temporary directory goes with the stack, but its log is wanted when the stack does not
        // start.
        Path log = data == null ? temporaryLog() : directory.path().resolve(LOG);
        LogFile.use(log);
        PrintWriter out = spec.commandLine().getOut();
        LocalStack up = stack.start(directory, log, port, JobsConfig.DEFAULT.policy());
        StackLines.print(out, up, stack.workers(), log);
        out.println("Up. Ctrl-C stops it.");
        out.flush();
        StopSignal.closing(
                        () -> {
                            up.close();
                            out.println("Stopped.");
                            out.flush();
                        })
                .await();
        return ExitCode.DONE;
    }

    private static Path temporaryLog() {
        try {
            return Files.createTempFile("flexir-", ".log");
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write a log to the temporary directory: set -Djava.io.tmpdir, or use --data",
                    e);
        }
    }
}

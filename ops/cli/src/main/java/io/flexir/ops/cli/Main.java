package io.flexir.ops.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.io.StringWriter;

/** The command {@code flexir}. */
@Command(
        name = "flexir",
        description = "Restores images with a fleet that decides how deep its network goes.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        subcommands = {
            DemoCommand.class,
            UpCommand.class,
            SubmitCommand.class,
            StatusCommand.class,
            WaitCommand.class,
            CancelCommand.class,
            JobsCommand.class,
            PolicyCommand.class,
            ExperimentCommand.class,
            RateCommand.class,
            CostsCommand.class,
            KeysCommand.class,
            TenantsCommand.class,
            DeadLetterCommand.class,
            TopicsCommand.class,
            BundleCommand.class,
            EvaluateCommand.class,
            BenchCommand.class,
            ChaosCommand.class,
            SimulateCommand.class,
            CompletionCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done, and every job succeeded",
            "1:a job was rejected, failed or was cancelled; or what was compared differs",
            "2:wrong usage",
            "3:cannot start: a port is taken, a directory cannot be written, a bundle or an image is missing",
            "4:the scheduler refused, or did not answer",
            "5:an unexpected error; the log has its cause"
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  flexir demo                              everything embedded, sample photos restored",
            "  flexir up                                the same stack, stays up",
            "  flexir submit photo.png --out restored   to the stack that is up",
            "  flexir submit photo.png --deadline 2s --json",
            "  flexir wait JOB...",
            "  flexir policy set load:10                how deep jobs may go, while the fleet runs",
            "  flexir costs --by tenant                 what images cost, and what full depth would have",
            "  flexir keys create --tenant museum       a key for somebody else",
            "  flexir deadletter list                   what could not be read, and why",
            "  flexir topics plan --kafka kafka:9092    what a cluster lacks for a fleet; apply puts it there",
            "  flexir bundle activate MODEL DIGEST      another version of a model, while the fleet runs",
            "  flexir evaluate --bundle denoise-color-25-s --images DIR",
            "  flexir bench engine                      the engine's speed beside PyTorch's",
            "  flexir bench autoscale                   worker processes come with a burst and go after it",
            "  flexir chaos --jobs 1000                 processes are killed under their jobs, and nothing is lost",
            "  flexir simulate --trace burst --load 2   what each budget policy would keep of deadlines and quality",
            "",
            "flexir COMMAND --help tells more."
        })
public final class Main implements Runnable {

    @Spec private CommandSpec spec;

    /** Parses, runs, ends the process with the command's exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line with its error handling, for tests as well. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true)
                .setParameterExceptionHandler((wrong, arguments) -> explain(wrong))
                .setExecutionExceptionHandler(
                        (failure, command, parsed) -> explain(failure, command));
    }

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** One line instead of the whole usage, which would push it off the screen. */
    private static int explain(ParameterException wrong) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        wrong.getCommandLine()
                .getErr()
                .println("flexir: " + wrong.getMessage() + " (" + command + " --help tells more)");
        return ExitCode.USAGE;
    }

    /** One line for what a user can do something about, everything for what they cannot. */
    private static int explain(Exception failure, CommandLine command) {
        PrintWriter err = command.getErr();
        int code = ExitCode.of(failure);
        if (code == ExitCode.UNEXPECTED) {
            StringWriter trace = new StringWriter();
            failure.printStackTrace(new PrintWriter(trace));
            err.println("flexir: unexpected error");
            err.print(trace);
            err.flush();
        } else {
            err.println("flexir: " + failure.getMessage());
        }
        return code;
    }
}

package io.flexir.scheduler;

import io.flexir.scheduler.bundles.InvalidBundleException;
import io.flexir.scheduler.config.InvalidConfigException;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.scheduler.jobs.TopicsNotReadyException;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** A scheduler as a process of its own. SIGTERM lets it finish what is in flight. */
@Command(
        name = "flexir-scheduler",
        description = "Takes restoration jobs in, decides how deep each may go, and orders them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Main implements Callable<Integer> {
    @Mixin private SchedulerOptions options;
    @Spec private CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** What is wrong is said in as many lines as there are problems, not in a page of help. */
    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setParameterExceptionHandler(
                        (wrong, arguments) -> {
                            wrong.getCommandLine().getErr().println(wrong.getMessage());
                            wrong.getCommandLine().getErr().println("Every option: --help");
                            return CommandLine.ExitCode.USAGE;
                        });
    }

    @Override
    public Integer call() throws InterruptedException {
        Scheduler scheduler = start();
        CountDownLatch stopped = new CountDownLatch(1);
        Runnable stop =
                () -> {
                    scheduler.close();
                    stopped.countDown();
                };
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("shutdown").unstarted(stop));
        stopped.await();
        return CommandLine.ExitCode.OK;
    }

    /** What a person can set right is one line a problem, without a stack trace. */
    private Scheduler start() {
        try {
            SchedulerConfig config = options.toConfig();
            return Scheduler.start(config);
        } catch (InvalidConfigException wrong) {
            throw failure(String.join(System.lineSeparator(), wrong.problems()), wrong);
        } catch (InvalidBundleException | TopicsNotReadyException wrong) {
            throw failure(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    private ParameterException failure(String text, RuntimeException cause) {
        return new ParameterException(spec.commandLine(), text, cause);
    }
}

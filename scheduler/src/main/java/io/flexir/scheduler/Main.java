package io.flexir.scheduler;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.InvalidKeysException;
import io.flexir.scheduler.access.NewKey;
import io.flexir.scheduler.access.Scope;
import io.flexir.scheduler.api.InvalidTlsException;
import io.flexir.scheduler.bundles.InvalidBundleException;
import io.flexir.scheduler.config.HttpConfig;
import io.flexir.scheduler.config.InvalidConfigException;
import io.flexir.scheduler.config.SchedulerConfig;
import io.flexir.scheduler.jobs.TopicsNotReadyException;
import io.flexir.scheduler.storage.Secret;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** A scheduler as a process of its own. SIGTERM lets it finish what is in flight. */
@Command(
        name = "flexir-scheduler",
        description = "Takes restoration jobs in, decides how deep each may go, and orders them.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Main implements Callable<Integer> {
    private final InstantSource clock;

    @Mixin private SchedulerOptions options;
    @Spec private CommandSpec spec;

    private Main(InstantSource clock) {
        this.clock = clock;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, InstantSource.system()));
    }

    /**
     * Runs until the process is told to stop.
     *
     * @param clock in place of the system's
     * @return the exit code
     */
    public static int run(String[] arguments, InstantSource clock) {
        return commandLine(clock).execute(arguments);
    }

    /** What is wrong is said in as many lines as there are problems, not in a page of help. */
    static CommandLine commandLine() {
        return commandLine(InstantSource.system());
    }

    private static CommandLine commandLine(InstantSource clock) {
        return new CommandLine(new Main(clock))
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
            return Scheduler.start(guarded(options.toConfig()), clock);
        } catch (InvalidConfigException wrong) {
            throw failure(String.join(System.lineSeparator(), wrong.problems()), wrong);
        } catch (InvalidBundleException
                | InvalidKeysException
                | InvalidTlsException
                | IllegalArgumentException
                | TopicsNotReadyException wrong) {
            throw failure(String.valueOf(wrong.getMessage()), wrong);
        }
    }

    /** Where no key was given, one is made: it is printed, and nothing keeps it. */
    private SchedulerConfig guarded(SchedulerConfig config) {
        HttpConfig http = config.http();
        if (!http.open()) {
            return config;
        }
        TenantId tenant = new TenantId(http.tenant());
        NewKey key = NewKey.of(tenant, Set.of(Scope.values()), Instant.now());
        spec.commandLine().getOut().println("key  " + key.text());
        spec.commandLine().getOut().flush();
        return config.withHttp(http.withApiKey(new Secret(key.text())));
    }

    private ParameterException failure(String text, RuntimeException cause) {
        return new ParameterException(spec.commandLine(), text, cause);
    }
}

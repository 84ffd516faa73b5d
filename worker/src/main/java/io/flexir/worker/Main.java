package io.flexir.worker;

import io.flexir.worker.config.WorkerConfig;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

/** A worker as a process of its own. SIGTERM lets it finish or hand back what it holds. */
@Command(
        name = "flexir-worker",
        description = "Takes orders from Kafka, restores their images, and reports.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class Main implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private final Clock clock;

    @Mixin private WorkerOptions options;

    @Spec private CommandSpec spec;

    private Main(Clock clock) {
        this.clock = clock;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, Clock.systemUTC()));
    }

    /**
     * Runs until the process is told to stop.
     *
     * @param clock in place of the system's
     * @return the exit code
     */
    public static int run(String[] arguments, Clock clock) {
        return new CommandLine(new Main(clock)).execute(arguments);
    }

    @Override
    public Integer call() throws InterruptedException {
        WorkerConfig config = config();
        HeapTuning.advice(System.getenv(), config.compute().slots())
                .ifPresent(advice -> LOG.warn("event=heap_not_tuned advice={}", advice));
        Worker worker;
        try {
            worker = Worker.start(config, clock);
        } catch (DeviceMissingException | IllegalArgumentException wrong) {
            spec.commandLine().getErr().println("flexir-worker: " + wrong.getMessage());
            return CommandLine.ExitCode.SOFTWARE;
        }
        TerminationSignals.stopInOrder(worker::close);
        new CountDownLatch(1).await();
        return CommandLine.ExitCode.OK;
    }

    private WorkerConfig config() {
        try {
            return options.toConfig();
        } catch (IllegalArgumentException wrong) {
            throw new CommandLine.ParameterException(
                    spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
        }
    }
}

package io.flexir.ops.bench.flood;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.ApiKey;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.Role;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.Infrastructure;
import io.flexir.ops.local.stack.ProcessSettings;
import io.flexir.scheduler.config.ScalingConfig;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Broker and store in this process, one scheduler and one worker in processes of their own. */
final class FloodFleet implements AutoCloseable {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration STOP = Duration.ofSeconds(15);
    private static final long LOOK_EVERY_MILLIS = 200;

    private final Infrastructure infrastructure;
    private final ChildProcess scheduler;
    private final ChildProcess worker;
    private final URI address;

    /**
     * @param logs directory for the logs of the processes
     */
    FloodFleet(FloodPlan plan, Path logs) {
        infrastructure =
                Infrastructure.start(DataDirectory.temporary(), List.of(FleetConfigs.POOL));
        ProcessSettings settings =
                new ProcessSettings(infrastructure.connections(), plan.bundles());
        int port = Ports.choose(Ports.ANY, "scheduler");
        address = Ports.address(port);
        Map<String, String> bounds =
                new HashMap<>(
                        settings.scheduler(
                                port, 0, new BudgetPolicy.Fixed(1), ScalingConfig.DEFAULT));
        bounds.put("FLEXIR_MAX_WAITING_JOBS", Integer.toString(plan.maxWaitingJobs()));
        bounds.put("FLEXIR_MAX_REQUESTS_PER_SECOND", Integer.toString(plan.maxRequestsPerSecond()));
        scheduler = ChildProcess.start(Role.SCHEDULER, bounds, logs.resolve("scheduler.log"));
        worker =
                ChildProcess.start(
                        Role.WORKER, settings.worker("worker-1", 1), logs.resolve("worker.log"));
    }

    /** Blocks until jobs would be worked on. */
    void awaitReady() {
        try (FleetClient client = connect()) {
            await(
                    "the fleet was not ready",
                    START,
                    () -> {
                        try {
                            return client.readyWorkers() == 1;
                        } catch (FleetException notYet) {
                            return false;
                        }
                    });
        }
    }

    /** Looks until it holds. */
    void await(String otherwise, Duration patience, BooleanSupplier holds) {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            if (System.nanoTime() > end || !scheduler.isAlive() || !worker.isAlive()) {
                throw new CannotStart(
                        otherwise
                                + " within "
                                + patience.toSeconds()
                                + " s, or a process ended: see the logs");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new CannotStart("interrupted while waiting", stopping);
            }
        }
    }

    FleetClient connect() {
        return new FleetClient(address, Optional.of(infrastructure.key()));
    }

    URI address() {
        return address;
    }

    ApiKey key() {
        return infrastructure.key();
    }

    String broker() {
        return infrastructure.broker().bootstrapServers();
    }

    Map<String, ProcessHandle> processes() {
        Map<String, ProcessHandle> all = new LinkedHashMap<>();
        all.put("scheduler", ProcessHandle.of(scheduler.pid()).orElseThrow());
        all.put("worker", ProcessHandle.of(worker.pid()).orElseThrow());
        all.put("broker, store and clients", ProcessHandle.current());
        return all;
    }

    @Override
    public void close() {
        worker.terminate();
        scheduler.terminate();
        for (ChildProcess process : List.of(worker, scheduler)) {
            if (!process.awaitEnd(STOP)) {
                process.kill();
            }
        }
        infrastructure.close();
    }
}

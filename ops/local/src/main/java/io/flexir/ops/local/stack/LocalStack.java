package io.flexir.ops.local.stack;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.Ports;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.KnownKeys;
import io.flexir.ops.local.client.ManagementPort;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.Role;
import io.flexir.ops.local.scale.Autoscaler;
import io.flexir.ops.local.scale.WorkerCrew;
import io.flexir.scheduler.Scheduler;
import io.flexir.scheduler.bundles.InvalidBundleException;
import io.flexir.scheduler.config.ScalingConfig;
import io.flexir.worker.Worker;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A whole fleet: broker, object store and a scheduler in this JVM, further schedulers in processes
 * of their own, and workers in it or in processes that are started and drained as they are wanted.
 */
public final class LocalStack implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalStack.class);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final String MANIFEST = "manifest.json";

    /** Closed in reverse: who uses a part goes before it. */
    private final Deque<AutoCloseable> parts;

    private final List<Worker> workers = new ArrayList<>();
    private final Infrastructure infrastructure;
    private final Scheduler scheduler;
    private final List<SchedulerProcess> others = new ArrayList<>();
    private @Nullable Autoscaler autoscaler;

    private LocalStack(StackSettings settings, Deque<AutoCloseable> parts) {
        this.parts = parts;
        int port = Ports.choose(settings.port(), "scheduler");
        infrastructure =
                opened(Infrastructure.start(settings.directory(), List.of(FleetConfigs.POOL)));
        FleetConfigs configs =
                new FleetConfigs(infrastructure, settings.bundles(), settings.traced());
        scheduler =
                opened(
                        Scheduler.start(
                                configs.scheduler(
                                        port, settings.policy(), scaling(settings.workers()))));
        for (int i = 2; i <= settings.schedulers(); i++) {
            String name = "scheduler-" + i;
            others.add(
                    opened(
                            SchedulerProcess.start(
                                    name,
                                    configs,
                                    settings.policy(),
                                    scaling(settings.workers()),
                                    settings.logOf(name))));
        }
        switch (settings.workers()) {
            case Workforce.InProcess(int count, int slots, int threads) -> {
                for (int i = 1; i <= count; i++) {
                    workers.add(
                            opened(Worker.start(configs.worker("worker-" + i, slots, threads))));
                }
            }
            case Workforce.Scaled(ScalingConfig scaling) ->
                    autoscaler = opened(autoscaler(settings, configs, scaling));
        }
    }

    private Autoscaler autoscaler(
            StackSettings settings, FleetConfigs configs, ScalingConfig scaling) {
        int threads =
                Math.max(1, Runtime.getRuntime().availableProcessors() / scaling.maxWorkers());
        WorkerCrew crew =
                new WorkerCrew(
                        id ->
                                ChildProcess.start(
                                        Role.WORKER,
                                        configs.processes().worker(id, threads),
                                        settings.logOf(id)),
                        InstantSource.system());
        return Autoscaler.start(
                new ManagementPort(managementAddress()),
                FleetConfigs.POOL,
                crew,
                scaling.minWorkers());
    }

    private static ScalingConfig scaling(Workforce workers) {
        return switch (workers) {
            case Workforce.InProcess ignored -> ScalingConfig.DEFAULT;
            case Workforce.Scaled(ScalingConfig scaling) -> scaling;
        };
    }

    /**
     * Starts everything, and returns once jobs are worked on.
     *
     * @throws CannotStart for what a user can set right: a taken port, a directory, a missing or
     *     broken model
     */
    public static LocalStack start(StackSettings settings) {
        Deque<AutoCloseable> parts = new ArrayDeque<>();
        parts.push(settings.directory());
        try {
            requireBundle(settings.bundles());
            LocalStack stack = new LocalStack(settings, parts);
            stack.awaitReady();
            stack.addresses()
                    .forEach(
                            address ->
                                    parts.push(
                                            KnownKeys.ofUser()
                                                    .keep(address, stack.infrastructure.key())));
            return stack;
        } catch (InvalidBundleException e) {
            close(parts);
            throw new CannotStart(
                    e.getMessage() + ": repair the bundle, or name another directory by --bundles",
                    e);
        } catch (RuntimeException e) {
            close(parts);
            throw e;
        }
    }

    /** Where the API of the first scheduler listens. */
    public URI address() {
        return Ports.address(scheduler.port());
    }

    /** Where the APIs of all schedulers listen. */
    public List<URI> addresses() {
        return Stream.concat(Stream.of(address()), others.stream().map(SchedulerProcess::address))
                .toList();
    }

    /** Process ids of the schedulers that are processes of their own. */
    public List<Long> schedulerPids() {
        return others.stream().map(other -> other.process().pid()).toList();
    }

    /** Where the first scheduler's metrics and health are. */
    public URI managementAddress() {
        return Ports.address(scheduler.managementPort());
    }

    /** Who starts and drains the workers, where they are processes. */
    public Optional<Autoscaler> autoscaler() {
        return Optional.ofNullable(autoscaler);
    }

    /** A client of the first scheduler, with the stack's key; the caller's to close. */
    public FleetClient connect() {
        return connect(address());
    }

    /** The same of one of {@link #addresses}. */
    public FleetClient connect(URI scheduler) {
        return new FleetClient(scheduler, Optional.of(infrastructure.key()));
    }

    /** What the fleet stands on. */
    public Infrastructure infrastructure() {
        return infrastructure;
    }

    /**
     * Stops everything, workers first; what cannot be stopped is logged. A second call does
     * nothing.
     */
    @Override
    public synchronized void close() {
        close(parts);
    }

    private static void close(Deque<AutoCloseable> parts) {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("could not stop part={}", part.getClass().getSimpleName(), e);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private void awaitReady() {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (!ready()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new CannotStart(
                        "the stack was not ready within "
                                + PATIENCE.toSeconds()
                                + " s: the log says what it waits for");
            }
            pause();
        }
    }

    private boolean ready() {
        return scheduler.ready()
                && others.stream().allMatch(SchedulerProcess::ready)
                && workers.stream().allMatch(Worker::isReady)
                && (autoscaler == null || autoscaler.readyWorkers() > 0);
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(LOOK_EVERY_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotStart("interrupted while starting", e);
        }
    }

    private static void requireBundle(Path bundles) {
        try (Stream<Path> found = Files.list(bundles)) {
            if (found.noneMatch(each -> Files.exists(each.resolve(MANIFEST)))) {
                throw new CannotStart(
                        "no model in "
                                + bundles
                                + ": name a directory that holds bundles by --bundles");
            }
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot read " + bundles + ": name a directory that holds bundles by --bundles",
                    e);
        }
    }
}

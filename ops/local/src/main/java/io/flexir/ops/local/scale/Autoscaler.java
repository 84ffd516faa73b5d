package io.flexir.ops.local.scale;

import io.flexir.ops.local.client.FleetScaling;
import io.flexir.ops.local.client.ManagementPort;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps as many worker processes as a scheduler wants: reads the number where any other autoscaler
 * would, and leaves the crew as it is while there is none.
 */
public final class Autoscaler implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Autoscaler.class);
    private static final Duration EVERY = Duration.ofMillis(250);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final ManagementPort management;
    private final String pool;
    private final WorkerCrew crew;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("flexir-autoscaler").daemon().factory());
    private volatile int wanted;

    private Autoscaler(ManagementPort management, String pool, WorkerCrew crew, int atFirst) {
        this.management = management;
        this.pool = pool;
        this.crew = crew;
        this.wanted = atFirst;
    }

    /**
     * Starts looking. Management port and crew are closed with it.
     *
     * @param atFirst workers until the scheduler knows better
     */
    public static Autoscaler start(
            ManagementPort management, String pool, WorkerCrew crew, int atFirst) {
        Autoscaler autoscaler = new Autoscaler(management, pool, crew, atFirst);
        var _ =
                autoscaler.thread.scheduleWithFixedDelay(
                        autoscaler::look, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return autoscaler;
    }

    /** The worker processes that there are. */
    public Headcount headcount() {
        return crew.headcount();
    }

    /** Process ids of those that are not draining. */
    public List<Long> pids() {
        return crew.pids();
    }

    /** Workers that the scheduler hears of, and takes for ready. */
    public int readyWorkers() {
        return pool().map(FleetScaling.Pool::readyWorkers).orElse(0);
    }

    /** Stops looking, then the workers. */
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            var _ = thread.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        crew.close();
        management.close();
    }

    /** A failed look is not the last one. */
    private void look() {
        try {
            pool().ifPresent(found -> wanted = found.desiredWorkers());
            crew.resize(wanted);
        } catch (RuntimeException e) {
            LOG.error("event=autoscaler_look_failed", e);
        }
    }

    private Optional<FleetScaling.Pool> pool() {
        return management.scaling().flatMap(found -> Optional.ofNullable(found.pools().get(pool)));
    }
}

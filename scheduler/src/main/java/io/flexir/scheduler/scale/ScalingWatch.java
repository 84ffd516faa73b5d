package io.flexir.scheduler.scale;

import io.flexir.scheduler.load.FleetWork;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Looks at the fleet's work once a second, and remembers what was decided. */
public final class ScalingWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ScalingWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final FleetWork work;
    private final Scaling scaling;
    private final InstantSource clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("flexir-scaling").daemon().factory());
    private volatile @Nullable ScalingReport latest;

    /** It does nothing before {@link #start}. */
    public ScalingWatch(FleetWork work, Scaling scaling, InstantSource clock) {
        this.work = work;
        this.scaling = scaling;
        this.clock = clock;
    }

    /** What it looks at: whoever reads the topics tells it. */
    public FleetWork work() {
        return work;
    }

    /** Pools that are looked at. */
    public List<String> pools() {
        return scaling.pools();
    }

    /** The last decision; none until everything has been read for the first time. */
    public Optional<ScalingReport> latest() {
        return Optional.ofNullable(latest);
    }

    /**
     * @param current whether everything has been read: before that, nothing is decided
     * @param news told of every decision
     */
    public void start(BooleanSupplier current, Consumer<ScalingReport> news) {
        var _ =
                thread.scheduleWithFixedDelay(
                        () -> look(current, news),
                        EVERY.toMillis(),
                        EVERY.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** A failed look is not the last one. */
    private void look(BooleanSupplier current, Consumer<ScalingReport> news) {
        try {
            if (current.getAsBoolean()) {
                var now = clock.instant();
                ScalingReport report = scaling.look(work.at(now), work.fleet(now), now);
                latest = report;
                news.accept(report);
            }
        } catch (RuntimeException broken) {
            LOG.error("event=scaling_look_failed", broken);
        }
    }
}

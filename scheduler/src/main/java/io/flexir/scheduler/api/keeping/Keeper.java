package io.flexir.scheduler.api.keeping;

import io.flexir.contracts.control.ControlRecord.PurgeTenant;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.jobs.Purges;
import io.flexir.scheduler.keeping.KeepingRules;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.StorageException;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Deletes, on a thread of its own, what was purged and what is kept no longer. What cannot be done
 * now is done at the next step.
 */
public final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration STEP = Duration.ofMillis(500);
    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(5);
    private static final Duration HEARD = Duration.ofSeconds(2);
    private static final Duration LOOK_AROUND = Duration.ofMillis(20);
    private static final Duration STOP = Duration.ofSeconds(10);

    private final Purges purges;
    private final Purger purger;
    private final Sweeper sweeper;
    private final Duration sweepEvery;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private BooleanSupplier current = () -> false;
    private long lastSweepNanos;
    private final Thread thread =
            Thread.ofPlatform().name("flexir-keeper").daemon(true).unstarted(this::run);

    /**
     * @param kafka how to reach the broker
     */
    public Keeper(
            Purges purges,
            ReadView view,
            ObjectStore store,
            BrokerWriter broker,
            Map<String, Object> kafka,
            KeepingRules rules,
            SchedulerMetrics metrics,
            InstantSource clock) {
        this.purges = purges;
        this.sweepEvery = rules.sweepEvery();
        this.purger = new Purger(purges, view, store, broker, metrics, rules.purgeMemory(), clock);
        this.sweeper = new Sweeper(view, store, new TopicRetention(kafka), rules, metrics, clock);
    }

    /**
     * Begins.
     *
     * @param viewIsCurrent nothing is deleted by what a view says that lags
     */
    public void start(BooleanSupplier viewIsCurrent) {
        current = viewIsCurrent;
        lastSweepNanos = System.nanoTime();
        thread.start();
    }

    /** How far the purge of a tenant is, if one was asked for lately. */
    public Optional<TenantPurge> purgeOf(TenantId tenant) {
        return purges.of(tenant).map(this::state);
    }

    /** How far a purge is that was just asked for, once this scheduler has heard of it. */
    public TenantPurge taken(PurgeTenant purge) throws InterruptedException {
        long deadline = System.nanoTime() + HEARD.toNanos();
        while (purges.of(purge.tenant()).filter(purge::equals).isEmpty()
                && System.nanoTime() - deadline < 0) {
            Thread.sleep(LOOK_AROUND);
        }
        return state(purge);
    }

    private TenantPurge state(PurgeTenant purge) {
        return new TenantPurge(purge.tenant(), purge.at(), purger.left(purge), purger.done(purge));
    }

    @Override
    public void close() {
        stopping.countDown();
        try {
            if (thread.isAlive() && !thread.join(STOP)) {
                LOG.warn("event=keeper_stop_timed_out seconds={}", STOP.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Duration wait = STEP;
        while (!stopsWithin(wait)) {
            wait = step() ? STEP : AFTER_AN_ERROR;
        }
    }

    private boolean step() {
        if (!current.getAsBoolean()) {
            return true;
        }
        try {
            purger.step();
            if (System.nanoTime() - lastSweepNanos >= sweepEvery.toNanos()) {
                sweeper.sweep();
                lastSweepNanos = System.nanoTime();
            }
            return true;
        } catch (StorageException | RefusedException | KafkaException later) {
            LOG.warn("event=keeping_waits cause=\"{}\"", String.valueOf(later.getMessage()));
            return false;
        } catch (RuntimeException failure) {
            // The edge of this thread: what is wrong with one object must not end all keeping.
            LOG.error("event=keeping_failed", failure);
            return false;
        }
    }

    private boolean stopsWithin(Duration time) {
        try {
            return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}

package io.flexir.ops.local.process;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * A process that is started again when it ends without being asked to, after a wait that grows.
 * Thread-safe.
 */
public final class KeptProcess implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KeptProcess.class);
    private static final long LOOK_EVERY_MILLIS = 200;

    private final String name;
    private final Supplier<ChildProcess> starter;
    private final ScheduledExecutorService keeper;
    private ChildProcess process;
    private Backoff backoff = Backoff.NONE_YET;
    private long startedNanos = System.nanoTime();
    private @Nullable Long dueNanos;
    private int losses;

    private KeptProcess(String name, Supplier<ChildProcess> starter) {
        this.name = name;
        this.starter = starter;
        this.process = starter.get();
        this.keeper =
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofPlatform().daemon().name("keeper-" + name).factory());
    }

    /**
     * Starts it.
     *
     * @param name in the log
     * @param starter starts it, also again
     */
    public static KeptProcess start(String name, Supplier<ChildProcess> starter) {
        KeptProcess kept = new KeptProcess(name, starter);
        var _ =
                kept.keeper.scheduleWithFixedDelay(
                        kept::look, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        return kept;
    }

    /** Of the process that is or was the latest. */
    public synchronized long pid() {
        return process.pid();
    }

    /** Lets it finish what it holds, or hand it back; one that takes longer is killed. */
    public void stop(Duration patience) {
        keeper.shutdownNow();
        synchronized (this) {
            process.terminate();
            if (!process.awaitEnd(patience)) {
                LOG.warn("event=process_killed name={} pid={}", name, process.pid());
                process.kill();
            }
        }
    }

    /** Ends it at once. */
    @Override
    public void close() {
        stop(Duration.ZERO);
    }

    private synchronized void look() {
        if (keeper.isShutdown() || process.isAlive()) {
            return;
        }
        long now = System.nanoTime();
        if (dueNanos == null) {
            backoff = backoff.ended(Duration.ofNanos(now - startedNanos));
            dueNanos = now + backoff.next().toNanos();
            losses++;
            LOG.warn(
                    "event=process_lost name={} pid={} losses={} startAgainAfterSeconds={}",
                    name,
                    process.pid(),
                    losses,
                    backoff.next().toSeconds());
        } else if (now - dueNanos >= 0) {
            startAgain(now);
        }
    }

    private void startAgain(long now) {
        backoff = backoff.startedAgain();
        try {
            process = starter.get();
            startedNanos = now;
            dueNanos = null;
            LOG.info("event=process_started_again name={} pid={}", name, process.pid());
        } catch (RuntimeException cannot) {
            dueNanos = now + backoff.next().toNanos();
            LOG.warn("event=process_not_started name={}", name, cannot);
        }
    }
}

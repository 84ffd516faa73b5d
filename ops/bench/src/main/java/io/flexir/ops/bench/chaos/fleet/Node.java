package io.flexir.ops.bench.chaos.fleet;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.process.ChildProcess;
import io.flexir.ops.local.process.SetClock;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * One process of the fleet, which can be struck. It comes back as the same one: same name, ports
 * and directories. Thread-safe.
 */
public final class Node implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Node.class);
    private static final Duration KILLED = Duration.ofSeconds(5);
    private static final int NOT_THERE = 3;
    private static final String PAUSE = "kill -STOP $0 || exit 3; sleep $1; kill -CONT $0; exit 0";

    /** Runs a fifth of the time. */
    private static final String SLOW =
            "kill -CONT $0 || exit 3; end=$(( $(date +%s) + $1 ));"
                    + " while [ $(date +%s) -lt $end ]; do"
                    + " kill -STOP $0 || exit 0; sleep 0.4; kill -CONT $0; sleep 0.1; done";

    private final String name;
    private final Path clock;
    private final Supplier<ChildProcess> starter;
    private ChildProcess process;
    private final List<Instant> ends = new ArrayList<>();
    private boolean down;

    /**
     * Starts it.
     *
     * @param clock the file that sets its clock
     */
    Node(String name, Path clock, Supplier<ChildProcess> starter) {
        this.name = name;
        this.clock = clock;
        this.starter = starter;
        this.process = starter.get();
    }

    /** As in logs and heartbeats. */
    public String name() {
        return name;
    }

    /** Ends it at once (SIGKILL). */
    public synchronized void kill() {
        down = true;
        ended();
        process.kill();
        if (!process.awaitEnd(KILLED)) {
            throw new IllegalStateException(name + " does not die, pid " + process.pid());
        }
    }

    private void ended() {
        if (process.isAlive()) {
            ends.add(Instant.now());
        }
    }

    /** When it was struck so that it ended. */
    synchronized List<Instant> ends() {
        return List.copyOf(ends);
    }

    /**
     * Lets it end in order (SIGTERM).
     *
     * @param patience after which it is killed
     * @return whether it ended by itself
     */
    public boolean terminate(Duration patience) {
        ChildProcess ending;
        synchronized (this) {
            down = true;
            ended();
            process.terminate();
            ending = process;
        }
        boolean ended = ending.awaitEnd(patience);
        if (!ended) {
            LOG.warn("event=node_did_not_end name={} pid={}", name, ending.pid());
            kill();
        }
        return ended;
    }

    /** Starts it after {@link #kill} or {@link #terminate}, unless somebody else has. */
    public synchronized void startAgain() {
        if (!process.isAlive()) {
            process = starter.get();
        }
        down = false;
    }

    /**
     * Stops it for so long (SIGSTOP, SIGCONT), even if this process ends meanwhile. Blocks.
     *
     * @return whether it was there to be stopped
     */
    public boolean pause(Duration time) {
        return shell(PAUSE, String.format(Locale.ROOT, "%.3f", time.toMillis() / 1e3));
    }

    /** Sets its clock forward or back of the system's. */
    public void setClock(Duration offset) {
        SetClock.set(clock, offset);
    }

    /**
     * Lets it run a fifth of the time for so long. Blocks.
     *
     * @return whether it was there to be slowed down
     */
    public boolean slow(Duration time) {
        return shell(SLOW, Long.toString(time.toSeconds()));
    }

    /**
     * Starts it again if it has ended without being struck.
     *
     * @return whether it had
     */
    synchronized boolean revive() {
        if (down || process.isAlive()) {
            return false;
        }
        LOG.warn("event=node_ended_by_itself name={} pid={}", name, process.pid());
        startAgain();
        return true;
    }

    @Override
    public void close() {
        kill();
    }

    private boolean shell(String script, String seconds) {
        String pid;
        synchronized (this) {
            pid = Long.toString(process.pid());
        }
        try {
            Process shell =
                    new ProcessBuilder(List.of("sh", "-c", script, pid, seconds))
                            .redirectOutput(Redirect.DISCARD)
                            .redirectError(Redirect.DISCARD)
                            .start();
            return shell.waitFor() != NOT_THERE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (IOException e) {
            throw new CannotStart("cannot start sh, which sends signals to " + name, e);
        }
    }
}

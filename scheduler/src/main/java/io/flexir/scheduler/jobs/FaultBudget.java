package io.flexir.scheduler.jobs;

import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * A thread that dies is replaced, because most faults pass; too many in a short time are one that
 * does not, and end the client: readiness then says so, and whoever runs the process restarts it.
 */
final class FaultBudget implements StreamsUncaughtExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(FaultBudget.class);
    private static final int MOST = 10;
    private static final Duration WITHIN = Duration.ofMinutes(5);

    private final InstantSource clock;
    private final Deque<Instant> faults = new ArrayDeque<>();

    FaultBudget(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public synchronized StreamThreadExceptionResponse handle(Throwable fault) {
        Instant now = clock.instant();
        faults.removeIf(earlier -> earlier.plus(WITHIN).isBefore(now));
        faults.addLast(now);
        boolean spent = faults.size() > MOST;
        LOG.error("event=streams_thread_died faults={} given_up={}", faults.size(), spent, fault);
        return spent
                ? StreamThreadExceptionResponse.SHUTDOWN_CLIENT
                : StreamThreadExceptionResponse.REPLACE_THREAD;
    }
}

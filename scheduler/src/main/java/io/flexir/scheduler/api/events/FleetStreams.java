package io.flexir.scheduler.api.events;

import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All clients that follow the fleet, a bounded number. Each is told the whole once and then what
 * has changed since, at a fixed pace; one that does not read is told nothing until it does. While
 * the source is behind, and once after, they are told the whole. Thread-safe.
 */
public final class FleetStreams {
    private static final int CLIENT_RETRY_MILLIS = 2000;
    private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(10);
    private static final String EVENT = "fleet";

    private final Vertx vertx;
    private final SchedulerMetrics metrics;
    private final Semaphore places;
    private final Duration pace;
    private final AtomicLong ids = new AtomicLong();

    /** Tells what there is, as JSON on one line. */
    public interface Source {
        /** The whole. */
        byte[] first();

        /** What may have changed since the event before. */
        byte[] next();

        /** Whether all that was written before has been read: until then anything may change. */
        boolean current();
    }

    /**
     * @param maxStreams clients at once
     * @param pace between two events
     */
    public FleetStreams(Vertx vertx, SchedulerMetrics metrics, int maxStreams, Duration pace) {
        this.vertx = vertx;
        this.metrics = metrics;
        this.places = new Semaphore(maxStreams);
        this.pace = pace;
    }

    /**
     * Answers with events until the client leaves.
     *
     * @throws RefusedException when too many clients follow
     */
    public void follow(RoutingContext request, Source source) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            return;
        }
        if (!places.tryAcquire()) {
            metrics.refused(SchedulerMetrics.Bound.STREAMS);
            throw new RefusedException(
                    Problem.later(
                            ProblemKind.BUSY,
                            "Too many clients follow the fleet.",
                            RETRY_WHEN_FULL));
        }
        metrics.streamOpened();
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        response.write(SseFrame.retry(CLIENT_RETRY_MILLIS));
        AtomicBoolean behind = new AtomicBoolean(!source.current());
        response.write(frame(source.first()));
        long timer = vertx.setPeriodic(pace.toMillis(), tick -> tell(response, source, behind));
        AtomicBoolean ended = new AtomicBoolean();
        Runnable end =
                () -> {
                    if (ended.compareAndSet(false, true)) {
                        vertx.cancelTimer(timer);
                        places.release();
                        metrics.streamClosed();
                    }
                };
        // A response has one handler of each kind, and the router has set them: it tells all.
        request.addEndHandler(done -> end.run());
    }

    /**
     * @param behind whether the client may lack older slices, or the end of one
     */
    private void tell(HttpServerResponse response, Source source, AtomicBoolean behind) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.writeQueueFull()) {
            behind.set(true);
            return;
        }
        // Asked before anything is told: what is read in between is in both.
        boolean current = source.current();
        boolean whole = behind.getAndSet(!current) && current;
        response.write(frame(whole ? source.first() : source.next()));
    }

    private Buffer frame(byte[] json) {
        return SseFrame.event(Long.toString(ids.incrementAndGet()), EVENT, json);
    }
}

package io.flexir.scheduler.api.events;

import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** All clients that follow a job, a bounded number. Thread-safe. */
public final class EventStreams {
    private static final int CLIENT_RETRY_MILLIS = 2000;
    private static final Duration RETRY_WHEN_FULL = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final ReadView view;
    private final Function<JobSnapshot, byte[]> encoder;
    private final SchedulerMetrics metrics;
    private final Semaphore places;
    private final Duration heartbeat;

    /**
     * @param encoder a job as JSON on one line
     * @param maxStreams clients at once
     * @param heartbeat between comments on a quiet stream
     */
    public EventStreams(
            Vertx vertx,
            ReadView view,
            Function<JobSnapshot, byte[]> encoder,
            SchedulerMetrics metrics,
            int maxStreams,
            Duration heartbeat) {
        this.vertx = vertx;
        this.view = view;
        this.encoder = encoder;
        this.metrics = metrics;
        this.places = new Semaphore(maxStreams);
        this.heartbeat = heartbeat;
    }

    /**
     * Answers with the job's events.
     *
     * @param context the request's, on which this is called
     * @param lastEventId what a returning client saw last; anything but one of our ids counts as
     *     nothing
     * @throws RefusedException when too many clients follow jobs
     */
    public void follow(
            Context context,
            RoutingContext request,
            JobSnapshot job,
            @Nullable String lastEventId) {
        HttpServerResponse response = request.response();
        if (response.closed()) {
            // It left while the job was looked for, and nobody would tell us once more.
            return;
        }
        EventId last = lastEventId == null ? null : EventId.parse(lastEventId).orElse(null);
        JobEvents events = new JobEvents(last);
        if (events.sawEnd(job)) {
            response.setStatusCode(204).end();
            return;
        }
        if (!places.tryAcquire()) {
            metrics.refused(SchedulerMetrics.Bound.STREAMS);
            throw new RefusedException(
                    Problem.later(
                            ProblemKind.BUSY, "Too many clients follow jobs.", RETRY_WHEN_FULL));
        }
        metrics.streamOpened();
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        new EventStream(view, job, events, request, encoder, context)
                .open(vertx, heartbeat.toMillis(), CLIENT_RETRY_MILLIS, this::ended);
    }

    private void ended() {
        places.release();
        metrics.streamClosed();
    }
}

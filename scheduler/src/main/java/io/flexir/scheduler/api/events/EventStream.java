package io.flexir.scheduler.api.events;

import io.flexir.scheduler.api.view.JobListeners;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * One client that follows one job. Lives on one context; news from other threads only schedules a
 * look. While the client does not read, nothing piles up: it is told how the job stands once it
 * does.
 */
final class EventStream {
    private final ReadView view;
    private final JobSnapshot first;
    private final JobEvents events;
    private final RoutingContext request;
    private final HttpServerResponse response;
    private final Function<JobSnapshot, byte[]> encoder;
    private final Context context;
    private final AtomicBoolean lookScheduled = new AtomicBoolean();
    private JobListeners.@Nullable Registration registration;
    private long heartbeatTimer;
    private boolean ended;

    EventStream(
            ReadView view,
            JobSnapshot first,
            JobEvents events,
            RoutingContext request,
            Function<JobSnapshot, byte[]> encoder,
            Context context) {
        this.view = view;
        this.first = first;
        this.events = events;
        this.request = request;
        this.response = request.response();
        this.encoder = encoder;
        this.context = context;
    }

    /**
     * @param heartbeatMillis between comments on a quiet stream
     */
    void open(Vertx vertx, long heartbeatMillis, int retryMillis, Runnable onEnd) {
        // A response has one handler of each kind, and the router has set them: it tells all.
        request.addEndHandler(done -> close(vertx, onEnd));
        response.drainHandler(drained -> look());
        response.write(SseFrame.retry(retryMillis));
        heartbeatTimer = vertx.setPeriodic(heartbeatMillis, tick -> beat());
        registration = view.listen(first.id(), this::scheduleLook);
        look();
    }

    private void scheduleLook() {
        if (lookScheduled.compareAndSet(false, true)) {
            context.runOnContext(
                    now -> {
                        lookScheduled.set(false);
                        look();
                    });
        }
    }

    private void look() {
        if (ended || response.ended() || response.writeQueueFull()) {
            return;
        }
        Optional<JobSnapshot> job = view.find(first.tenant(), first.id());
        job.flatMap(events::next).ifPresent(this::tell);
        if (job.isEmpty()) {
            // Forgotten in between: a client that reconnects is told so.
            response.end();
        }
    }

    private void tell(JobEvent event) {
        response.write(
                SseFrame.event(event.id(), event.kind().eventName(), encoder.apply(event.job())));
        if (event.kind() == JobEvent.Kind.FINAL) {
            response.end();
        }
    }

    private void beat() {
        // A heartbeat that ends (its worker fell silent) changes the job without a record to tell
        // it.
        look();
        if (!ended && !response.ended() && !response.writeQueueFull()) {
            response.write(SseFrame.HEARTBEAT);
        }
    }

    private void close(Vertx vertx, Runnable onEnd) {
        if (ended) {
            return;
        }
        ended = true;
        vertx.cancelTimer(heartbeatTimer);
        if (registration != null) {
            registration.close();
        }
        onEnd.run();
    }
}

package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.PlatformHandler;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds the bytes of request bodies that are in memory at once, over all connections. */
public final class BodyBudget implements PlatformHandler {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final long maxBytes;
    private final long maxBodyBytes;
    private final SchedulerMetrics metrics;
    private final AtomicLong bytes = new AtomicLong();

    /**
     * @param maxBytes of all bodies together
     * @param maxBodyBytes of one; a body of unknown length counts as one of this size
     */
    public BodyBudget(long maxBytes, long maxBodyBytes, SchedulerMetrics metrics) {
        this.maxBytes = maxBytes;
        this.maxBodyBytes = maxBodyBytes;
        this.metrics = metrics;
    }

    @Override
    public void handle(RoutingContext context) {
        long size = sizeOf(context.request());
        if (size > maxBodyBytes) {
            context.fail(413);
        } else if (bytes.addAndGet(size) > maxBytes) {
            bytes.addAndGet(-size);
            metrics.refused(SchedulerMetrics.Bound.BODIES);
            context.fail(
                    new RefusedException(
                            Problem.later(
                                    ProblemKind.BUSY,
                                    "Too many large submissions at once.",
                                    RETRY_AFTER)));
        } else {
            context.addEndHandler(ended -> bytes.addAndGet(-size));
            context.next();
        }
    }

    private static boolean mayHaveBody(HttpServerRequest request) {
        return request.headers().contains("Transfer-Encoding")
                || request.method().equals(HttpMethod.POST)
                || request.method().equals(HttpMethod.PUT);
    }

    private long sizeOf(HttpServerRequest request) {
        String length = request.getHeader("Content-Length");
        if (length == null) {
            return mayHaveBody(request) ? maxBodyBytes : 0;
        }
        try {
            return Long.parseLong(length);
        } catch (NumberFormatException notANumber) {
            return maxBodyBytes;
        }
    }
}

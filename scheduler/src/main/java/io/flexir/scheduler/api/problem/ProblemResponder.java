package io.flexir.scheduler.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.UncheckedIOException;
import java.util.function.Function;

/** Writes every failed request as a problem, whoever failed it. */
public final class ProblemResponder {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemResponder.class);
    private static final int[] STATUSES = {400, 401, 403, 404, 405, 406, 413, 415, 500, 503};

    private final JsonMapper mapper;

    public ProblemResponder(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * Makes this the last word on every failure of the router.
     *
     * @param methods that a path knows, as {@code Allow} has them
     */
    public void handleFailuresOf(Router router, Function<String, String> methods) {
        for (int status : STATUSES) {
            router.errorHandler(status, context -> answer(context, methods));
        }
        router.route().failureHandler(context -> answer(context, methods));
    }

    private void answer(RoutingContext context, Function<String, String> methods) {
        if (context.response().ended()) {
            return;
        }
        if (context.response().headWritten()) {
            context.response().reset();
            return;
        }
        Problem problem = FailureTranslator.translate(context.failure(), context.statusCode());
        if (problem.kind() == ProblemKind.INTERNAL) {
            LOG.error(
                    "event=request_failed method={} path={}",
                    context.request().method(),
                    context.request().path(),
                    context.failure());
        }
        if (problem.kind() == ProblemKind.METHOD_NOT_ALLOWED) {
            context.response().putHeader("Allow", methods.apply(context.normalizedPath()));
        }
        send(context, problem);
    }

    /** Answers with a problem. */
    public void send(RoutingContext context, Problem problem) {
        var response =
                context.response()
                        .setStatusCode(problem.kind().status())
                        .putHeader("Content-Type", "application/problem+json")
                        .putHeader("Cache-Control", "no-store");
        if (problem.retryAfter() != null) {
            response.putHeader(
                    "Retry-After", Long.toString(Math.max(1, problem.retryAfter().toSeconds())));
        }
        if (problem.kind() == ProblemKind.UNAUTHORIZED) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
        response.end(Buffer.buffer(encode(ProblemBody.of(problem, context.normalizedPath()))));
    }

    private byte[] encode(ProblemBody body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("A problem could not be written as JSON", impossible);
        }
    }
}

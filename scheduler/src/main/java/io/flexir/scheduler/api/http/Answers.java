package io.flexir.scheduler.api.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

import java.io.UncheckedIOException;

/** Writes answers as JSON. */
public final class Answers {
    private final JsonMapper mapper;

    public Answers(JsonMapper mapper) {
        this.mapper = mapper;
    }

    void send(RoutingContext context, int status, Object body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(Buffer.buffer(encode(body)));
    }

    public byte[] encode(Object body) {
        try {
            return mapper.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("An answer could not be written as JSON", impossible);
        }
    }
}

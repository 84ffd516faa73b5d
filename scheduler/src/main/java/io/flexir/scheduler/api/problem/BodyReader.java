package io.flexir.scheduler.api.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.wire.MessageCodec;

import java.io.IOException;

/**
 * Reads a body's bytes. Stricter than messages are read: a field that does not exist is a client's
 * mistake. Thread-safe.
 */
public final class BodyReader {
    private final JsonMapper mapper =
            MessageCodec.newMapper()
                    .rebuild()
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /**
     * @throws RefusedException when the bytes are no such thing
     */
    public <T> T read(byte[] body, Class<T> type) {
        try {
            T value = mapper.readValue(body, type);
            if (value == null) {
                throw new RefusedException(Problem.of(ProblemKind.INVALID, "The body is null."));
            }
            return value;
        } catch (JsonParseException malformed) {
            throw new RefusedException(Problem.of(ProblemKind.MALFORMED, "The body is not JSON."));
        } catch (JacksonException invalid) {
            throw new RefusedException(explain(invalid));
        } catch (IOException notText) {
            throw new RefusedException(Problem.of(ProblemKind.MALFORMED, "The body is no text."));
        }
    }

    private static Problem explain(JacksonException invalid) {
        String sentence = MessageCodec.explain(invalid);
        if (invalid.getCause() instanceof InvalidFieldException field
                && sentence.endsWith(field.problem())) {
            String path = sentence.substring(0, sentence.length() - field.problem().length() - 1);
            return Problem.ofField(ProblemKind.INVALID, path, field.problem());
        }
        int colon = sentence.indexOf(": ");
        return colon < 0
                ? Problem.of(ProblemKind.INVALID, sentence)
                : Problem.ofField(
                        ProblemKind.INVALID,
                        sentence.substring(0, colon),
                        sentence.substring(colon + 2));
    }
}

package io.flexir.contracts.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import io.flexir.contracts.check.InvalidFieldException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Messages to JSON and back. Unknown fields are ignored, so that a newer writer can add some;
 * unknown versions, unknown classes, missing fields and absurd values are refused with the field's
 * name. Thread-safe.
 */
public final class MessageCodec {
    private static final int MAX_NUMBER_LENGTH = 40;
    private static final int MAX_DEPTH = 32;

    private final JsonMapper mapper;

    public MessageCodec() {
        this(newMapper());
    }

    /**
     * @param mapper of {@link #newMapper}, whoever made it faster
     */
    public MessageCodec(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * The JSON habits of all messages, for others that show them (the HTTP API, reports on disk).
     */
    public static JsonMapper newMapper() {
        StreamReadConstraints limits =
                StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build();
        return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(limits).build())
                .addModule(new JavaTimeModule())
                .addModule(InstantText.module())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(com.fasterxml.jackson.databind.MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(
                                JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
                .build();
    }

    public byte[] encode(Object message) {
        try {
            return mapper.writeValueAsBytes(message);
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("A message could not be written as JSON", impossible);
        }
    }

    /**
     * Reads a message.
     *
     * @param type what is expected
     * @param eventType the record's {@code ce_type} header; null where a producer left it out
     * @param value the record's value
     */
    public <T> Decoded<T> decode(
            MessageType<T> type, @Nullable String eventType, byte @Nullable [] value) {
        if (!type.eventType().equals(eventType)) {
            return new Decoded.Refused<>(
                    "ce_type must be " + type.eventType() + ", is " + eventType);
        }
        if (value == null || value.length == 0) {
            return new Decoded.Refused<>("the record has no value");
        }
        try {
            T message = mapper.readValue(value, type.payload());
            return message == null
                    ? new Decoded.Refused<>("the value is null")
                    : new Decoded.Message<>(message);
        } catch (JacksonException refused) {
            return new Decoded.Refused<>(explain(refused));
        } catch (IOException notText) {
            // Four bytes with zeros among them are taken for UTF-32, and need not be any.
            return new Decoded.Refused<>("the bytes are no text: " + notText.getMessage());
        }
    }

    /**
     * One sentence that names the field: {@code request.terms.floor must be between 1 and 64, is
     * 99}.
     */
    public static String explain(JacksonException problem) {
        String path =
                problem instanceof JsonMappingException mapping ? path(mapping.getPath()) : "";
        if (problem.getCause() instanceof InvalidFieldException invalid) {
            return join(path, invalid.field()) + " " + invalid.problem();
        }
        String what =
                problem instanceof InvalidTypeIdException type
                        ? "is of unknown kind " + type.getTypeId()
                        : problem.getOriginalMessage();
        return (path.isEmpty() ? "the value" : path) + ": " + firstLine(what);
    }

    private static String path(List<JsonMappingException.Reference> references) {
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference reference : references) {
            if (reference.getFieldName() == null) {
                path.append('[').append(reference.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(reference.getFieldName());
            }
        }
        return path.toString();
    }

    /**
     * A value type such as JobId checks itself under its own name: then the path already ends with
     * it.
     */
    private static String join(String path, String field) {
        if (path.isEmpty()) {
            return field;
        }
        return path.equals(field) || path.endsWith("." + field) ? path : path + "." + field;
    }

    private static String firstLine(@Nullable String text) {
        String line = text == null ? "cannot be read" : text.lines().findFirst().orElse("");
        return line.length() <= 300 ? line : line.substring(0, 300);
    }
}

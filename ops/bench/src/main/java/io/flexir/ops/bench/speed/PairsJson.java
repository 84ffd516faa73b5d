package io.flexir.ops.bench.speed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.util.List;

/** Pairs as one JSON object, {@code {"pairs": [...]}}, for scripts. Its fields do not change. */
public final class PairsJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private PairsJson() {}

    /** One line without an end. */
    public static String of(List<Measured> measured) {
        try {
            return MAPPER.writeValueAsString(
                    new Report(measured.stream().map(Measured::pair).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("pairs cannot be written as JSON", e);
        }
    }

    private record Report(List<Pair> pairs) {}
}

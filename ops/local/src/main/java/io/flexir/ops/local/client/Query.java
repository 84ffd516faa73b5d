package io.flexir.ops.local.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.jspecify.annotations.Nullable;

import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;

/** Makes the end of an address that says what is asked for. */
final class Query {
    private Query() {}

    /**
     * One part of a path. What is escaped leads to no other address, whatever it says.
     *
     * @throws IllegalArgumentException for dots alone, which would
     */
    static String segment(String part) {
        if (part.isEmpty() || part.chars().allMatch(c -> c == '.')) {
            throw new IllegalArgumentException("'" + part + "' is no part of an address");
        }
        return URLEncoder.encode(part, UTF_8).replace("+", "%20");
    }

    /**
     * @param namesAndValues in turns; what is null is left out
     * @return empty, or beginning with a question mark
     */
    static String of(@Nullable Object... namesAndValues) {
        List<String> parts = new ArrayList<>();
        for (int name = 0; name < namesAndValues.length; name += 2) {
            Object value = namesAndValues[name + 1];
            if (value != null) {
                parts.add(namesAndValues[name] + "=" + URLEncoder.encode(value.toString(), UTF_8));
            }
        }
        return parts.isEmpty() ? "" : "?" + String.join("&", parts);
    }
}

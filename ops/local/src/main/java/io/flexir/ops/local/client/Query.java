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

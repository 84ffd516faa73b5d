package io.flexir.ops.local.client;

import java.util.Optional;

/**
 * One event of a {@code text/event-stream}.
 *
 * @param id empty if it has none
 * @param name {@code message} if it has none
 * @param data its data lines, joined
 */
record ServerSentEvent(String id, String name, String data) {

    /** Puts events together line by line, as the HTML standard says (section 9.2.6). */
    static final class Parser {

        private static final String UNNAMED = "message";

        private final StringBuilder data = new StringBuilder();
        private String id = "";
        private String name = UNNAMED;

        /** An empty line ends an event; one without data is none. */
        Optional<ServerSentEvent> line(String line) {
            if (line.isEmpty()) {
                return end();
            }
            int colon = line.indexOf(':');
            String field = colon < 0 ? line : line.substring(0, colon);
            String value = colon < 0 ? "" : line.substring(colon + 1).stripLeading();
            switch (field) {
                case "id" -> id = value;
                case "event" -> name = value;
                case "data" -> data.append(data.isEmpty() ? "" : "\n").append(value);
                default -> {
                    // A comment, a field for reconnection, or one that is yet to be invented.
                }
            }
            return Optional.empty();
        }

        private Optional<ServerSentEvent> end() {
            ServerSentEvent event = new ServerSentEvent(id, name, data.toString());
            data.setLength(0);
            name = UNNAMED;
            return event.data().isEmpty() ? Optional.empty() : Optional.of(event);
        }
    }
}

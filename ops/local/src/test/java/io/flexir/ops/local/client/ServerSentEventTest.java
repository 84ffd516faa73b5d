package io.flexir.ops.local.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

class ServerSentEventTest {

    @Test
    void ends_with_an_empty_line() {
        List<ServerSentEvent> events = parse("id: 7", "event: state", "data: {\"a\":1}", "");

        assertThat(events).containsExactly(new ServerSentEvent("7", "state", "{\"a\":1}"));
    }

    @Test
    void joins_data_lines() {
        assertThat(parse("data: one", "data:two", ""))
                .containsExactly(new ServerSentEvent("", "message", "one\ntwo"));
    }

    @Test
    void is_none_without_data() {
        assertThat(parse(": still here", "", "retry: 1000", "")).isEmpty();
    }

    @Test
    void keeps_the_id_but_not_the_name_of_the_one_before() {
        List<ServerSentEvent> events = parse("id: 7", "event: final", "data: a", "", "data: b", "");

        assertThat(events.getLast()).isEqualTo(new ServerSentEvent("7", "message", "b"));
    }

    @Test
    void that_breaks_off_is_none() {
        assertThat(parse("id: 7", "data: half")).isEmpty();
    }

    private static List<ServerSentEvent> parse(String... lines) {
        ServerSentEvent.Parser parser = new ServerSentEvent.Parser();
        return List.of(lines).stream().map(parser::line).flatMap(Optional::stream).toList();
    }
}

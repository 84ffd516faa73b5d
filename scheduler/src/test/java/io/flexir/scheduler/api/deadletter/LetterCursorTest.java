package io.flexir.scheduler.api.deadletter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Map;

class LetterCursorTest {
    @Test
    void what_is_written_is_read_again() {
        LetterCursor cursor = new LetterCursor(Map.of(0, 42L, 3, 7L));

        assertThat(cursor).hasToString("0-42.3-7");
        assertThat(LetterCursor.parse("0-42.3-7")).contains(cursor);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "0", "0-", "a-1", "0-1.", "0-1,1-2", "-1-2", "0-99999999999999999999"})
    void what_is_no_cursor_is_none(String text) {
        assertThat(LetterCursor.parse(text)).isEmpty();
    }
}

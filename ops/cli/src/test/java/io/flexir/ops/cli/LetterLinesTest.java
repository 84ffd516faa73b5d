package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.ops.local.client.FleetLetter;

import org.junit.jupiter.api.Test;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;

class LetterLinesTest {
    private final StringWriter out = new StringWriter();
    private final LetterLines lines = new LetterLines();

    @Test
    void a_table_has_a_row_for_each_letter_and_no_reason_that_breaks_it() {
        FleetLetter letter = letter("x".repeat(500), 700_000, false, null);

        lines.printAll(new PrintWriter(out), List.of(letter));

        assertThat(out.toString().lines())
                .hasSize(3)
                .last()
                .asString()
                .startsWith("0-17    2026-03-01T10:00:00Z  museum.requests/0/3  700000 (cut)  xxx")
                .endsWith("...");
    }

    @Test
    void text_is_shown_as_text_and_all_else_as_numbers() {
        assertThat(LetterLines.content("{\"a\":\t\u00fc}\n".getBytes(UTF_8)))
                .isEqualTo("{\"a\":\t\u00fc}\n");
        assertThat(LetterLines.content(new byte[] {'{', 7})).isEqualTo("7b 07");
        assertThat(LetterLines.content(new byte[] {(byte) 0xff})).isEqualTo("ff");
        assertThat(LetterLines.content("\u001b[2J".getBytes(UTF_8))).isEqualTo("1b 5b 32 4a");
    }

    @Test
    void of_a_large_record_the_start_is_shown() {
        assertThat(LetterLines.content("y".repeat(5000).getBytes(UTF_8)))
                .startsWith("yyy")
                .endsWith("... 904 more bytes; --out writes them all");
    }

    private static FleetLetter letter(String reason, int size, boolean whole, byte[] data) {
        return new FleetLetter(
                "0-17",
                "museum.requests",
                0,
                3,
                "a-key",
                null,
                reason,
                size,
                whole,
                Instant.parse("2026-03-01T10:00:00Z"),
                data);
    }
}

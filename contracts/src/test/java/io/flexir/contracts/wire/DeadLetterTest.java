package io.flexir.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class DeadLetterTest {
    private static final DeadLetter.Origin ORIGIN =
            new DeadLetter.Origin(Topics.REQUESTS, 3, 42, "k\u0007ey", null);

    @Test
    void what_was_read_is_made_printable_and_cut_to_what_fits() {
        byte[] tooMuch = new byte[DeadLetter.MAX_BYTES + 1];

        DeadLetter letter =
                DeadLetter.of(ORIGIN, "line\nbreak" + "x".repeat(2000), tooMuch, Instant.EPOCH);

        assertThat(letter.key()).isEqualTo("k ey");
        assertThat(letter.reason()).startsWith("line break").hasSize(1000);
        assertThat(letter.bytes()).hasSize(DeadLetter.MAX_BYTES);
        assertThat(letter.size()).isEqualTo(tooMuch.length);
        assertThat(letter.holdsAll()).isFalse();
    }

    @Test
    void a_record_without_a_value_is_a_whole_letter_without_bytes() {
        DeadLetter letter = DeadLetter.of(ORIGIN, "the record has no value", null, Instant.EPOCH);

        assertThat(letter.bytes()).isEmpty();
        assertThat(letter.holdsAll()).isTrue();
    }

    @Test
    void a_letter_from_before_keys_were_kept_is_read() {
        byte[] old =
                """
                {"topic":"flexir.requests.v1","partition":0,"offset":7,"reason":"no JSON","bytes":"e30=","at":"2026-01-01T00:00:00Z"}
                """
                        .getBytes(UTF_8);

        Decoded<DeadLetter> read =
                new MessageCodec()
                        .decode(MessageType.DEAD_LETTER, MessageType.DEAD_LETTER.eventType(), old);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Decoded.Message.class,
                        message -> {
                            DeadLetter letter = (DeadLetter) message.value();
                            assertThat(letter.type()).isNull();
                            assertThat(letter.holdsAll()).isTrue();
                        });
    }
}

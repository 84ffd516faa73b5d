package io.flexir.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.time.Instant;
import java.util.Random;

class InstantTextTest {
    private static final long FAR = 400L * 365 * 24 * 3600 * 40;

    private final JsonMapper ours = MessageCodec.newMapper();
    private final JsonMapper usual =
            JsonMapper.builder()
                    .addModule(new JavaTimeModule())
                    .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                    .build();

    @Test
    void an_instant_is_written_and_read_as_the_jdk_does() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            Instant instant = instant(random);

            assertThat(InstantText.of(instant)).isEqualTo(instant.toString());
            Instant read = InstantText.parse(instant.toString());
            assertThat(read).isIn(instant, null);
        }
        assertThat(InstantText.of(Instant.MAX)).isEqualTo(Instant.MAX.toString());
        assertThat(InstantText.of(Instant.MIN)).isEqualTo(Instant.MIN.toString());
    }

    @Test
    void an_instant_of_our_time_goes_the_short_way() {
        assertThat(InstantText.parse("2026-11-25T22:00:00.5Z"))
                .isEqualTo(Instant.parse("2026-11-25T22:00:00.500Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-25T22:00:00Z",
                "2026-11-25t22:00:00z",
                "2026-11-25T22:00:00.0Z",
                "2026-11-25T22:00:00.000000001Z",
                "2026-11-25T22:00:00+01:00",
                "2026-11-25T24:00:00Z",
                "2026-02-28T23:59:60Z",
                "+12026-11-25T22:00:00Z",
                "2026-02-30T00:00:00Z",
                "2026-11-25T22:00:00.Z",
                "2026-11-25T22:00:0/Z",
                "2026-11-25T22:00Z",
                "yesterday",
                "",
                " 2026-11-25T22:00:00Z "
            })
    void whatever_else_is_read_or_refused_as_ever(String text) {
        assertThat(read(ours, text)).isEqualTo(read(usual, text));
    }

    private static String read(JsonMapper mapper, String text) {
        try {
            return String.valueOf(mapper.readValue(mapper.writeValueAsBytes(text), Instant.class));
        } catch (IOException refused) {
            return "refused";
        }
    }

    private static Instant instant(Random random) {
        long second = random.nextLong(-FAR / 8, FAR);
        int nano = random.nextInt(1_000_000_000);
        return Instant.ofEpochSecond(
                second,
                switch (random.nextInt(4)) {
                    case 0 -> 0;
                    case 1 -> nano - nano % 1_000_000;
                    case 2 -> nano - nano % 1000;
                    default -> nano;
                });
    }
}

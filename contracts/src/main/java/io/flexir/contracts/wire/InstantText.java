package io.flexir.contracts.wire;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jsr310.deser.InstantDeserializer;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * Instants as {@link Instant#toString} and {@link Instant#parse} have them. Every message holds
 * several: the usual form, a year of four digits in UTC, goes without a formatter.
 */
final class InstantText {
    private static final int SHORTEST = "2026-11-25T22:00:00Z".length();
    private static final int LONGEST = "2026-11-25T22:00:00.123456789Z".length();
    private static final int SECOND_ENDS = SHORTEST - 1;
    private static final int MAX_DIGITS = 9;

    private InstantText() {}

    static Module module() {
        return new SimpleModule("instants")
                .addSerializer(Instant.class, new Writer())
                .addDeserializer(Instant.class, new Reader());
    }

    static String of(Instant instant) {
        LocalDateTime time;
        try {
            time = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        } catch (DateTimeException outOfReach) {
            return instant.toString();
        }
        if (time.getYear() < 0 || time.getYear() > 9999) {
            return instant.toString();
        }
        byte[] text = new byte[LONGEST];
        put(text, 0, 4, time.getYear());
        text[4] = '-';
        put(text, 5, 2, time.getMonthValue());
        text[7] = '-';
        put(text, 8, 2, time.getDayOfMonth());
        text[10] = 'T';
        put(text, 11, 2, time.getHour());
        text[13] = ':';
        put(text, 14, 2, time.getMinute());
        text[16] = ':';
        put(text, 17, 2, time.getSecond());
        int end = putFraction(text, time.getNano());
        text[end] = 'Z';
        return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
    }

    /** An instant of the usual form; none if the text is of another, or no instant. */
    static @Nullable Instant parse(String text) {
        int length = text.length();
        boolean usual =
                length >= SHORTEST
                        && length <= LONGEST
                        && text.charAt(4) == '-'
                        && text.charAt(7) == '-'
                        && text.charAt(10) == 'T'
                        && text.charAt(13) == ':'
                        && text.charAt(16) == ':'
                        && text.charAt(length - 1) == 'Z'
                        && (length == SHORTEST
                                || (text.charAt(SECOND_ENDS) == '.' && length > SHORTEST + 1));
        if (!usual) {
            return null;
        }
        int year = digits(text, 0, 4);
        int month = digits(text, 5, 7);
        int day = digits(text, 8, 10);
        int hour = digits(text, 11, 13);
        int minute = digits(text, 14, 16);
        int second = digits(text, 17, 19);
        int nanos = length == SHORTEST ? 0 : nanos(text, SECOND_ENDS + 1, length - 1);
        if ((year | month | day | hour | minute | second | nanos) < 0) {
            return null;
        }
        try {
            return LocalDateTime.of(year, month, day, hour, minute, second, nanos)
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    private static int putFraction(byte[] text, int nanos) {
        if (nanos == 0) {
            return SECOND_ENDS;
        }
        text[SECOND_ENDS] = '.';
        int digits = nanos % 1_000_000 == 0 ? 3 : nanos % 1000 == 0 ? 6 : MAX_DIGITS;
        int value = digits == 3 ? nanos / 1_000_000 : digits == 6 ? nanos / 1000 : nanos;
        put(text, SECOND_ENDS + 1, digits, value);
        return SECOND_ENDS + 1 + digits;
    }

    private static void put(byte[] text, int from, int digits, int value) {
        int rest = value;
        for (int i = from + digits - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Negative where there is anything else. */
    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    private static int nanos(String text, int from, int to) {
        int value = digits(text, from, to);
        for (int digit = to - from; digit < MAX_DIGITS && value > 0; digit++) {
            value *= 10;
        }
        return value;
    }

    private static final class Writer extends JsonSerializer<Instant> {
        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider)
                throws IOException {
            json.writeString(of(value));
        }
    }

    private static final class Reader extends JsonDeserializer<Instant> {
        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            Instant usual = json.hasToken(JsonToken.VALUE_STRING) ? parse(json.getText()) : null;
            return usual == null ? InstantDeserializer.INSTANT.deserialize(json, context) : usual;
        }
    }
}

package io.flexir.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;

import org.junit.jupiter.params.provider.MethodSource;

import java.util.stream.Stream;

/**
 * Any bytes at all are a message or are refused, and a message stays what it is when it is sent on.
 */
class CodecFuzzTest {
    private static final MessageCodec CODEC = new MessageCodec();

    /** Found by fuzzing: zeros among the first four bytes look like UTF-32. */
    private static final byte[] NO_UTF_32 = {'*', 0, 0, 0, 0, 0, 0, 0, '"', 'c', 'a', 'n', '"'};

    static Stream<byte[]> seeds() {
        return Stream.concat(
                Stream.of(NO_UTF_32),
                Samples.all().values().stream().map(sample -> CODEC.encode(sample.message())));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "10m")
    void any_bytes_are_read_or_refused(byte[] bytes) {
        MessageType.ALL.forEach(type -> read(type, bytes));
    }

    private static <T> void read(MessageType<T> type, byte[] bytes) {
        switch (CODEC.decode(type, type.eventType(), bytes)) {
            case Decoded.Refused<T>(String reason) -> assertThat(reason).isNotBlank();
            case Decoded.Message<T>(T message) -> {
                byte[] sent = CODEC.encode(message);
                assertThat(CODEC.decode(type, type.eventType(), sent))
                        .isInstanceOfSatisfying(
                                Decoded.Message.class,
                                again -> assertThat(CODEC.encode(again.value())).isEqualTo(sent));
            }
        }
    }
}

package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.util.Base64;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The shipped bundle, run by this engine, gives what the network that it was exported from gave.
 */
class GoldenTest {
    private static final JsonNode GOLDEN = golden();

    @ParameterizedTest(name = "pointer {0}")
    @MethodSource("pointers")
    void equals_the_trained_network_within_one_level(int pointer) {
        ArrayImage input = image(GOLDEN.get("input").get("data"));
        ArrayImage expected = image(output(pointer));

        ArrayImage restored = ShippedModel.regular(input, pointer, ShippedModel.UNCUT);

        assertThat(restored.maxLevelsFrom(expected)).isLessThan(0.05);
    }

    static Stream<Integer> pointers() {
        return outputs().map(output -> output.get("pointer").asInt());
    }

    private static Stream<JsonNode> outputs() {
        return StreamSupport.stream(GOLDEN.get("outputs").spliterator(), false);
    }

    private static JsonNode output(int pointer) {
        return outputs()
                .filter(output -> output.get("pointer").asInt() == pointer)
                .findFirst()
                .orElseThrow()
                .get("data");
    }

    private static ArrayImage image(JsonNode base64) {
        ShortBuffer samples =
                ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText()))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer();
        ArrayImage image =
                new ArrayImage(
                        GOLDEN.get("input").get("width").asInt(),
                        GOLDEN.get("input").get("height").asInt());
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    image.set(channel, x, y, Short.toUnsignedInt(samples.get()) / 65535f);
                }
            }
        }
        return image;
    }

    private static JsonNode golden() {
        try {
            return new JsonMapper()
                    .readTree(Files.readAllBytes(ShippedModel.DIRECTORY.resolve("golden.json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

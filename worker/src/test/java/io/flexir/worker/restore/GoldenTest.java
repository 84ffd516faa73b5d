package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.model.ModelSessions;
import io.flexir.worker.restore.model.RuntimeSettings;
import io.flexir.worker.restore.model.StagedModel;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/**
 * Every bundle that ships, run by this engine, gives what the network that it was exported from
 * gave.
 */
class GoldenTest {
    private static final ModelSessions SESSIONS =
            new ModelSessions(new RuntimeSettings(2, 1, false, 1));

    @ParameterizedTest(name = "{0}")
    @MethodSource("bundles")
    void equals_the_trained_network_at_every_pointer(Path directory) throws IOException {
        JsonNode golden =
                new JsonMapper().readTree(Files.readAllBytes(directory.resolve("golden.json")));
        JsonNode input = golden.get("input");
        int width = input.get("width").asInt();
        int height = input.get("height").asInt();
        ArrayImage image = image(input.get("data"), width, height);

        try (var lease = ShippedModel.lease(SESSIONS, directory)) {
            int scale = lease.model().manifest().scale();
            for (JsonNode output : golden.get("outputs")) {
                ArrayImage expected = image(output.get("data"), width * scale, height * scale);

                ArrayImage restored = restored(lease.model(), image, output.get("pointer").asInt());

                assertThat(restored.maxLevelsFrom(expected)).isLessThan(0.05);
            }
            assertThat(golden.get("outputs")).hasSize(lease.model().manifest().n());
        }
    }

    static List<Path> bundles() throws IOException {
        try (Stream<Path> directories = Files.list(ShippedModel.ALL)) {
            return directories
                    .filter(directory -> Files.exists(directory.resolve("manifest.json")))
                    .sorted()
                    .toList();
        }
    }

    private static ArrayImage restored(StagedModel model, ArrayImage image, int pointer) {
        int scale = model.manifest().scale();
        ArrayImage sink = new ArrayImage(image.width() * scale, image.height() * scale);
        RestoreOrder order =
                new RestoreOrder(new PointerBudget(pointer, pointer), new Mode.Regular());
        ShippedModel.restored(model, image, sink, order, ShippedModel.UNCUT);
        return sink;
    }

    private static ArrayImage image(JsonNode base64, int width, int height) {
        ShortBuffer samples =
                ByteBuffer.wrap(Base64.getDecoder().decode(base64.asText()))
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asShortBuffer();
        ArrayImage image = new ArrayImage(width, height);
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    image.set(channel, x, y, Short.toUnsignedInt(samples.get()) / 65535f);
                }
            }
        }
        return image;
    }
}

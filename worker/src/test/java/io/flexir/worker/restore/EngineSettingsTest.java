package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSettingsTest {
    @ParameterizedTest(name = "{0} channels on tokens of {1} x {1} pixels")
    @CsvSource({"64, 2, 1000", "64, 1, 250", "32, 2, 1000", "160, 1, 100"})
    void a_model_with_more_features_a_pixel_is_fed_fewer_pixels(
            int embedding, int unshuffle, long pixels) {
        EngineSettings settings = new EngineSettings(1000, 0);

        assertThat(settings.tilePixels(embedding, unshuffle)).isEqualTo(pixels);
    }
}

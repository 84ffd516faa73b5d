package io.flexir.worker.restore.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.stream.IntStream;

class FadeTest {
    private static final int LENGTH = 100;

    @ParameterizedTest(name = "x{0}")
    @ValueSource(ints = {1, 2, 4})
    void weights_of_parts_that_make_up_the_tile_sum_to_one(int scale) {
        Fade fade = new Fade(4, scale);

        float[] first = fade.weights(0, LENGTH, 0, 6, LENGTH);
        float[] second = fade.weights(0, LENGTH, 6, 60, LENGTH);
        float[] third = fade.weights(0, LENGTH, 60, LENGTH, LENGTH);

        assertThat(first).hasSize(LENGTH * scale);
        assertThat(IntStream.range(0, LENGTH * scale).boxed())
                .allSatisfy(
                        i ->
                                assertThat(first[i] + second[i] + third[i])
                                        .isCloseTo(1, within(1e-6f)));
    }

    @ParameterizedTest(name = "x{0}")
    @ValueSource(ints = {1, 2})
    void a_part_weighs_one_inside_and_nothing_beyond_its_band(int scale) {
        float[] weights = new Fade(4, scale).weights(0, LENGTH, 20, LENGTH, LENGTH);

        assertThat(IntStream.range(0, 16 * scale).mapToObj(i -> weights[i])).containsOnly(0f);
        assertThat(IntStream.range(24 * scale, LENGTH * scale).mapToObj(i -> weights[i]))
                .containsOnly(1f);
        assertThat(weights[20 * scale - 1]).isBetween(0.3f, 0.5f);
        assertThat(weights[20 * scale]).isBetween(0.5f, 0.7f);
    }
}

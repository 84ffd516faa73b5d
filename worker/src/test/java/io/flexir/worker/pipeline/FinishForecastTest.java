package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class FinishForecastTest {
    private static final double REPORT = 0.05;
    private static final double NEAR = 0.001;

    private final FinishForecast forecast = new FinishForecast();

    @Test
    void a_small_result_teaches_what_every_job_takes_and_not_that_pixels_are_dear() {
        learn(20, 10_000, 0.031);
        learn(20, 40_000, 0.034);

        assertThat(seconds(1_000_000)).isCloseTo(0.130, within(NEAR));
        assertThat(seconds(1_000)).isCloseTo(0.030, within(NEAR));
    }

    @Test
    void results_of_one_size_are_taken_to_be_all_pixels_for_larger_ones_only() {
        learn(5, 10_000, 0.03);

        assertThat(seconds(20_000)).isCloseTo(0.06, within(NEAR));
        assertThat(seconds(5_000)).isCloseTo(0.03, within(NEAR));
    }

    @Test
    void what_was_long_ago_is_forgotten() {
        learn(50, 10_000, 1);
        learn(100, 10_000, 0.03);

        assertThat(seconds(10_000)).isCloseTo(0.03, within(NEAR));
    }

    @Test
    void before_anything_was_stored_a_pixel_takes_a_third_of_a_microsecond() {
        assertThat(seconds(1_000_000)).isCloseTo(0.3, within(NEAR));
    }

    private void learn(int jobs, long pixels, double seconds) {
        for (int i = 0; i < jobs; i++) {
            forecast.learn(pixels, seconds);
        }
    }

    private double seconds(long pixels) {
        return forecast.of(pixels).toNanos() / 1e9 - REPORT;
    }
}

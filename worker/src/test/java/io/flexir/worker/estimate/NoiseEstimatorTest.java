package io.flexir.worker.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseEstimatorTest {
    @ParameterizedTest
    @ValueSource(doubles = {2, 5, 15, 25, 35, 50})
    void noise_on_one_colour_is_found_within_three_percent(double sigma) {
        Views image = Views.flat(512, 384, 128).noisy(sigma);

        assertThat(NoiseEstimator.sigma(image)).isCloseTo(sigma, within(0.03 * sigma));
    }

    @ParameterizedTest
    @CsvSource({
        "dog.png, 15", "dog.png, 25", "dog.png, 50",
        "city.png, 25", "night.png, 25", "flowers.png, 25",
        "sunset.png, 25", "house.png, 35", "reflect.png, 35"
    })
    void noise_on_a_photograph_is_found_within_three_levels(String photo, double sigma) {
        Views image = Views.photo(photo).noisy(sigma);

        assertThat(NoiseEstimator.sigma(image)).isCloseTo(sigma, within(3.0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "city.png",
                "dog.png",
                "flowers.png",
                "house.png",
                "night.png",
                "reflect.png",
                "sumac.png",
                "sunset.png"
            })
    void a_photograph_without_noise_stays_under_what_texture_is_taken_for(String photo) {
        assertThat(NoiseEstimator.sigma(Views.photo(photo))).isLessThan(14);
    }

    @Test
    void gray_images_count_like_one_channel() {
        Views image = Views.photo("dog.png").noisy(25).gray();

        assertThat(NoiseEstimator.sigma(image)).isCloseTo(25, within(3.0));
    }

    @Test
    void noise_that_the_end_of_the_scale_cuts_off_is_found_where_it_does_not() {
        Views image = Views.flat(512, 384, 128).noisy(40).blackUnder(100);

        assertThat(NoiseEstimator.sigma(image)).isCloseTo(40, within(2.0));
    }

    @Test
    void the_dark_half_of_an_image_does_not_hide_the_noise_of_the_other() {
        Views image = Views.photo("night.png").noisy(25);

        assertThat(NoiseEstimator.sigma(image)).isCloseTo(25, within(3.0));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 200", "200, 3", "64, 64"})
    void what_is_flat_or_too_small_has_no_noise(int width, int height) {
        assertThat(NoiseEstimator.sigma(Views.flat(width, height, 77))).isZero();
    }

    @ParameterizedTest
    @CsvSource({"2500, 1800", "9000, 40", "40, 9000"})
    void a_large_image_costs_no_more_than_a_small_one(int width, int height) {
        Views image = Views.flat(width, height, 128);

        NoiseEstimator.sigma(image);

        assertThat(image.pixelsRead).isPositive().isLessThanOrEqualTo(64L * 64 * 64);
    }
}

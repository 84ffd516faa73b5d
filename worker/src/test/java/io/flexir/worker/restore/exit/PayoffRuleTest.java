package io.flexir.worker.restore.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.bundle.BundleManifest.Payoff;
import io.flexir.worker.restore.region.Rect;

import org.junit.jupiter.api.Test;

import java.util.Arrays;
import java.util.List;

class PayoffRuleTest {
    private static final Payoff TABLE =
            new Payoff(
                    32,
                    List.of(2.0, 4.0, 6.0),
                    List.of(10.0, 30.0, 90.0),
                    List.of(List.of(1.0, 3.0, 11.0), List.of(0.0, 2.0, 2.0)));
    private static final PayoffRule RULE = new PayoffRule(0.5, TABLE);

    @Test
    void gains_are_linear_between_energies_and_constant_beyond_them() {
        assertThat(RULE.gain(1, 0)).isEqualTo(1);
        assertThat(RULE.gain(1, 2)).isEqualTo(1);
        assertThat(RULE.gain(1, 3)).isCloseTo(2, within(1e-9));
        assertThat(RULE.gain(1, 5.5)).isCloseTo(9, within(1e-9));
        assertThat(RULE.gain(2, 9)).isEqualTo(2);
    }

    @Test
    void each_stage_takes_its_gain_off_the_error() {
        assertThat(RULE.error(1, 4)).isEqualTo(30);
        assertThat(RULE.error(2, 4)).isEqualTo(27);
        assertThat(RULE.error(3, 4)).isEqualTo(25);
    }

    @Test
    void the_price_is_percent_of_the_images_error() {
        assertThat(RULE.priceIn(60)).isCloseTo(0.3, within(1e-9));
        assertThatThrownBy(() -> new PayoffRule(-1, TABLE)).hasMessageContaining("negative");
    }

    @Test
    void an_images_error_is_the_mean_over_its_pixels() {
        ErrorSum sum = new ErrorSum(RULE);

        sum.add(flat(64, 32));
        sum.add(flat(64, 8));

        assertThat(sum.mean(1)).isCloseTo(10, within(1e-9));
        assertThat(sum.mean(3)).isCloseTo(9, within(1e-9));
    }

    /** An edge between two cells is in neither; within a cell it counts once a row. */
    @Test
    void energy_is_of_differences_within_the_part_alone() {
        float[] values = new float[8 * 16];
        for (int y = 0; y < 8; y++) {
            Arrays.fill(values, y * 16 + 8, (y + 1) * 16, 1f);
        }
        Luma edge = new Luma(16, 8, values);

        assertThat(GradientEnergy.of(edge, new Rect(0, 0, 8, 8))).isZero();
        assertThat(GradientEnergy.of(edge, new Rect(8, 0, 8, 8))).isZero();
        assertThat(GradientEnergy.of(edge, new Rect(4, 0, 8, 8)))
                .isCloseTo(Math.log1p(255 * 255 / 8.0), within(1e-9));
    }

    private static Luma flat(int width, int height) {
        return new Luma(width, height, new float[width * height]);
    }
}

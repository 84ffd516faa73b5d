package io.flexir.worker.restore.exit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.nio.FloatBuffer;
import java.util.Arrays;

class SharpnessTest {
    @Test
    void follows_the_formula_on_a_region_computed_by_hand() {
        Luma luma = new Luma(3, 2, new float[] {0, 0.5f, 0.5f, 0.25f, 0.25f, 1});
        double first = Math.hypot(0 - 0.25, 0.5 - 0.25);
        double second = Math.hypot(0.5 - 1, 0.5 - 0.25);
        double variation = (second - first) / ((first + second) / 2);

        double omega = Sharpness.omega(luma).orElseThrow();

        assertThat(omega)
                .isCloseTo(Math.pow(second, 0.61) * Math.pow(variation, 0.39), within(1e-7));
    }

    @Test
    void extremes_leave_out_a_rim_but_the_mean_does_not() {
        float[] values = new float[48 * 48];
        values[10 * 48 + 10] = 0.1f;
        double alone = Sharpness.omega(new Luma(48, 48, values)).orElseThrow();

        values[0] = 0.1f;
        double besideTheRim = Sharpness.omega(new Luma(48, 48, values)).orElseThrow();

        // A pixel makes four gradients of its own height, in the corner one: the mean grows by a
        // quarter.
        assertThat(besideTheRim).isCloseTo(alone * Math.pow(1 / 1.25, 0.39), within(1e-6));
    }

    @Test
    void the_rim_is_a_sixteenth_the_smaller_half_at_top_and_left() {
        float[] values = new float[48 * 48];
        values[10 * 48 + 10] = 0.1f;
        values[48 + 1] = 1;
        double insideTheCrop = Sharpness.omega(new Luma(48, 48, values)).orElseThrow();

        values[48 + 1] = 0;
        values[46 * 48 + 46] = 1;
        double inTheRim = Sharpness.omega(new Luma(48, 48, values)).orElseThrow();

        assertThat(insideTheCrop).isGreaterThan(2 * inTheRim);
    }

    @Test
    void has_no_score_where_there_is_no_gradient() {
        float[] flat = new float[64 * 64];
        Arrays.fill(flat, 0.5f);

        assertThat(Sharpness.omega(new Luma(64, 64, flat))).isEmpty();
        assertThat(Sharpness.omega(new Luma(1, 1, new float[] {1}))).isEmpty();
    }

    @Test
    void a_region_exits_above_threshold_times_base_or_without_a_gradient() {
        Luma luma = new Luma(3, 2, new float[] {0, 0.5f, 0.5f, 0.25f, 0.25f, 1});
        double score = Sharpness.omega(luma).orElseThrow();

        ExitRule.Verdict above = new SharpnessRule(0.99, score).judge(luma);
        ExitRule.Verdict at = new SharpnessRule(1.0, score).judge(luma);
        ExitRule.Verdict flat =
                new SharpnessRule(1.0, score).judge(new Luma(1, 1, new float[] {1}));

        assertThat(above).isEqualTo(new ExitRule.Verdict(true, score));
        assertThat(at).isEqualTo(new ExitRule.Verdict(false, score));
        assertThat(flat).isEqualTo(new ExitRule.Verdict(true, 0));
    }

    @Test
    void luma_is_bt601_of_clamped_colour_within_the_rectangle() {
        FloatBuffer chw = FloatBuffer.wrap(new float[] {0, 2f, 0, 0.5f, 0, -1f});

        Luma luma = Luma.of(chw, 3, 2, 1, 1, 0, 1, 1);

        assertThat(luma.values()[0]).isCloseTo(0.299f + 0.587f * 0.5f, within(1e-6f));
    }
}

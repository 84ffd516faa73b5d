package io.flexir.worker.choice;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.ModelChoice.Reason;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.choice.Suitability.NoneSuits;
import io.flexir.worker.choice.Suitability.Suits;
import io.flexir.worker.estimate.ImageEstimate;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Optional;

class ModelRuleTest {
    private static final GrantedModel OF_15 = model("of-15", new Task.Denoise(15, 15));
    private static final GrantedModel OF_25 = model("of-25", new Task.Denoise(25, 25));
    private static final GrantedModel BLIND = model("blind", new Task.Denoise(0, 55));
    private static final GrantedModel JPEG = model("jpeg", new Task.Jpeg(10, 40));
    private static final List<GrantedModel> ALL = List.of(OF_15, JPEG, BLIND, OF_25);

    @ParameterizedTest
    @CsvSource({
        "0, blind, LITTLE_NOISE",
        "14.4, blind, LITTLE_NOISE",
        "14.6, of-15, NOISE_OF_ITS_LEVEL",
        "18.0, of-15, NOISE_OF_ITS_LEVEL",
        "20.0, blind, NOISE_IN_ITS_RANGE",
        "22.0, of-25, NOISE_OF_ITS_LEVEL",
        "28.0, of-25, NOISE_OF_ITS_LEVEL",
        "28.1, blind, NOISE_IN_ITS_RANGE",
        "55.0, blind, NOISE_IN_ITS_RANGE",
        "90.0, blind, NOISE_BEYOND_ITS_RANGE"
    })
    void noise_decides_where_no_jpeg_file_is(double sigma, String name, Reason reason) {
        assertThat(ModelRule.choose(image(sigma), ALL)).isEqualTo(new Suits(named(name), reason));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 5, jpeg, JPEG_ARTEFACTS",
        "1.0, 30, jpeg, JPEG_ARTEFACTS",
        "5.9, 50, jpeg, JPEG_ARTEFACTS",
        "1.0, 51, blind, LITTLE_NOISE",
        "1.0, 95, blind, LITTLE_NOISE",
        "9.9, 30, jpeg, JPEG_ARTEFACTS",
        "12.0, 30, blind, LITTLE_NOISE",
        "14.6, 30, of-25, NOISE_LEFT_BY_JPEG",
        "17.0, 95, of-25, NOISE_LEFT_BY_JPEG",
        "26.0, 80, of-25, NOISE_LEFT_BY_JPEG",
        "27.0, 80, of-25, NOISE_OF_ITS_LEVEL",
        "30.0, 80, blind, NOISE_IN_ITS_RANGE"
    })
    void of_a_jpeg_file_its_quality_decides_unless_noise_outweighs_it(
            double sigma, int quality, String name, Reason reason) {
        assertThat(ModelRule.choose(jpeg(sigma, quality), ALL))
                .isEqualTo(new Suits(named(name), reason));
    }

    @Test
    void among_jpeg_models_the_nearest_range_wins() {
        GrantedModel coarse = model("coarse", new Task.Jpeg(5, 15));

        assertThat(ModelRule.choose(jpeg(1, 8), List.of(JPEG, coarse)))
                .isEqualTo(new Suits(coarse, Reason.JPEG_ARTEFACTS));
        assertThat(ModelRule.choose(jpeg(1, 22), List.of(coarse, JPEG)))
                .isEqualTo(new Suits(JPEG, Reason.JPEG_ARTEFACTS));
    }

    @Test
    void a_jpeg_file_that_kept_its_chroma_counts_like_any_image() {
        assertThat(ModelRule.choose(jpeg(26, 95, false), ALL))
                .isEqualTo(new Suits(OF_25, Reason.NOISE_OF_ITS_LEVEL));
        assertThat(ModelRule.choose(jpeg(19, 95, false), ALL))
                .isEqualTo(new Suits(BLIND, Reason.NOISE_IN_ITS_RANGE));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 5, 13, 21.9, 28.1, 50})
    void a_model_of_one_level_is_not_let_loose_on_other_noise(double sigma) {
        assertThat(ModelRule.choose(image(sigma), List.of(OF_25))).isEqualTo(new NoneSuits());
    }

    @Test
    void what_texture_may_feign_is_not_taken_for_the_noise_of_one_level() {
        assertThat(ModelRule.choose(image(13), List.of(OF_15))).isEqualTo(new NoneSuits());
    }

    @Test
    void an_image_that_is_no_jpeg_file_is_not_given_a_jpeg_model() {
        assertThat(ModelRule.choose(image(1), List.of(JPEG))).isEqualTo(new NoneSuits());
    }

    @Property
    void the_order_of_the_models_does_not_matter(
            @ForAll @DoubleRange(min = 0, max = 120) double sigma) {
        assertThat(ModelRule.choose(image(sigma), ALL.reversed()))
                .isEqualTo(ModelRule.choose(image(sigma), ALL));
    }

    @Property
    void super_resolution_is_never_chosen(@ForAll @DoubleRange(min = 0, max = 120) double sigma) {
        GrantedModel enlarge = model("enlarge", new Task.SuperResolution());

        assertThat(ModelRule.choose(image(sigma), List.of(enlarge))).isEqualTo(new NoneSuits());
        assertThat(ModelRule.choose(jpeg(sigma, 20), List.of(enlarge))).isEqualTo(new NoneSuits());
    }

    private static ImageEstimate image(double sigma) {
        return new ImageEstimate(sigma, Optional.empty());
    }

    private static ImageEstimate jpeg(double sigma, int quality) {
        return jpeg(sigma, quality, true);
    }

    private static ImageEstimate jpeg(double sigma, int quality, boolean chromaSubsampled) {
        return new ImageEstimate(
                sigma, Optional.of(new ImageEstimate.Jpeg(quality, chromaSubsampled)));
    }

    private static GrantedModel named(String name) {
        return ALL.stream().filter(model -> model.name().equals(name)).findFirst().orElseThrow();
    }

    private static GrantedModel model(String name, Task task) {
        return new GrantedModel(name, "ab".repeat(32), task, new PointerBudget(1, 6));
    }
}

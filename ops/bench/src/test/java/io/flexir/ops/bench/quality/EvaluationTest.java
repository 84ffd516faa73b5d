package io.flexir.ops.bench.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.ops.bench.Golden;
import io.flexir.ops.bench.engine.ModelRunner;
import io.flexir.ops.bench.engine.Tiling;
import io.flexir.ops.bench.image.ImageSet;
import io.flexir.ops.bench.image.PictureFiles;
import io.flexir.ops.bench.image.Raster;
import io.flexir.ops.bench.quality.degrade.Condition;
import io.flexir.ops.bench.quality.degrade.Noise;
import io.flexir.ops.bench.quality.report.EvaluationCsv;
import io.flexir.ops.bench.quality.report.EvaluationJson;
import io.flexir.ops.bench.quality.report.EvaluationTable;
import io.flexir.ops.bench.quality.report.QualityCostPlot;
import io.flexir.ops.bench.quality.report.SavedImages;
import io.flexir.ops.local.CannotStart;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

/** With the shipped model and pictures of a few thousand pixels. */
@Timeout(300)
class EvaluationTest {

    private static final Path BUNDLE = Path.of("..", "models", "denoise-color-25-s");
    private static final Path SAMPLE = Path.of("..", "samples", "dog.png");
    private static final List<Condition> SIGMA_25 = List.of(new Noise(25, Noise.Form.CUSTOM));
    private static final List<Candidate.Restored> WAYS =
            List.of(
                    new Candidate.Pointer(1),
                    new Candidate.Pointer(4),
                    new Candidate.Threshold(AdaptiveRule.SHARPNESS, 0),
                    new Candidate.Threshold(AdaptiveRule.SHARPNESS, 1000));

    @TempDir private Path directory;

    private final List<Result> results = new ArrayList<>();
    private ModelRunner model;
    private ImageSet set;

    @BeforeEach
    void open() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("dogs"));
        Raster dog = PictureFiles.read(SAMPLE);
        PictureFiles.writePng(dog.cropped(100, 100, 70, 50), folder.resolve("a, dog.png"));
        PictureFiles.writePng(dog.cropped(200, 200, 64, 64), folder.resolve("dog.png"));
        Files.writeString(folder.resolve("README.md"), "not an image");
        set = ImageSet.of(folder);
        model = ModelRunner.open(BUNDLE, Tiling.DEFAULT, 2);
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void a_row_is_the_mean_over_the_images_and_depth_gains_quality_and_costs() {
        List<Row> rows = evaluation().compare(List.of(set), SIGMA_25);

        assertThat(rows)
                .extracting(row -> row.candidate().label())
                .containsExactly("input", "P=1", "P=4", "h=0.00", "h=1000.00");
        Row first = rows.get(1);
        assertThat(first.images()).isEqualTo(2);
        assertThat(first.quality().psnr())
                .isCloseTo(
                        results.stream()
                                .filter(result -> result.candidate().equals(first.candidate()))
                                .mapToDouble(result -> result.quality().psnr())
                                .average()
                                .orElseThrow(),
                        within(1e-12));
        assertThat(first.quality().psnr()).isGreaterThan(rows.get(0).quality().psnr() + 5);
        assertThat(rows.get(2).quality().psnr()).isGreaterThan(first.quality().psnr());
        assertThat(rows.get(2).cost().gigaMacs()).isGreaterThan(first.cost().gigaMacs());
        assertThat(rows.get(2).params()).isGreaterThan(first.params());
    }

    @Test
    void adaptive_inference_ends_where_its_threshold_says() {
        List<Row> rows = evaluation().compare(List.of(set), SIGMA_25);

        assertThat(rows.get(3).cost().meanPointer())
                .isEqualTo(model.manifest().exitPoints().getFirst().doubleValue());
        assertThat(rows.get(4).cost().meanPointer()).isEqualTo(model.manifest().n());
    }

    @Test
    void reports_say_the_same_to_people_scripts_and_eyes() throws IOException {
        Path csv = directory.resolve("images.csv");
        List<Row> rows;
        try (EvaluationCsv lines = new EvaluationCsv(csv)) {
            rows = new Evaluation(model, WAYS, lines::add).compare(List.of(set), SIGMA_25);
        }

        JsonNode json = new JsonMapper().readTree(EvaluationJson.of(rows)).path("rows");
        assertThat(json).hasSize(5);
        assertThat(json.path(0).path("pointer").isNull()).isTrue();
        assertThat(json.path(0).path("threshold").isNull()).isTrue();
        assertThat(json.path(1).path("pointer").asInt()).isEqualTo(1);
        assertThat(json.path(1).path("psnr").asDouble()).isEqualTo(rows.get(1).quality().psnr());
        assertThat(json.path(3).path("threshold").isNumber()).isTrue();
        assertThat(json.path(1).path("psnrb").isNull()).isTrue();
        assertThat(EvaluationTable.lines(rows)).hasSize(7);
        assertThat(Files.readAllLines(csv))
                .hasSize(11)
                .anyMatch(line -> line.startsWith("dogs,sigma 25,\"a, dog.png\",70,50,1,,,1.0,"));
    }

    @Test
    void quality_is_plotted_against_cost() throws IOException {
        List<Row> rows = evaluation().compare(List.of(set), SIGMA_25);
        Path png = directory.resolve("plot.png");
        Path svg = directory.resolve("plot.svg");

        QualityCostPlot.write("dogs", rows, png);
        QualityCostPlot.write("dogs", rows, svg);

        assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(900);
        assertThat(Files.readString(svg)).contains("<svg", "<path");
        assertThat(QualityCostPlot.canWrite(Path.of("plot.pdf"))).isFalse();
    }

    @Test
    void without_reference_images_are_restored_and_saved() {
        SavedImages images = new SavedImages(directory.resolve("out"));

        List<Row> rows =
                new Evaluation(model, List.of(new Candidate.Pointer(2)), images::save)
                        .restore(List.of(set));

        assertThat(rows).singleElement().satisfies(row -> assertThat(row.quality()).isNull());
        assertThat(PictureFiles.read(directory.resolve("out/dogs/a, dog-p2.png")).width())
                .isEqualTo(70);
    }

    @Test
    void tiles_and_whole_images_differ_in_cost_and_hardly_in_quality() {
        Raster dog = PictureFiles.read(SAMPLE).cropped(0, 0, 256, 208);
        Candidate.Pointer deep = new Candidate.Pointer(2);
        try (ModelRunner tiled = ModelRunner.open(BUNDLE, Tiling.Bounded.ofSide(128), 2);
                ModelRunner whole = ModelRunner.open(BUNDLE, new Tiling.Whole(), 2)) {
            ModelRunner.Restored cut = tiled.restore(dog, deep.order(tiled.manifest()));
            ModelRunner.Restored uncut = whole.restore(dog, deep.order(whole.manifest()));

            assertThat(cut.cost().gigaMacs()).isGreaterThan(1.2 * uncut.cost().gigaMacs());
            assertThat(Golden.differences(cut.output(), uncut.output())[0])
                    .isGreaterThan((int) (0.9 * 3 * 256 * 208));
        }
    }

    @Test
    void an_unreadable_image_is_named_before_anything_is_restored() throws IOException {
        Path broken = Files.writeString(directory.resolve("dogs/zebra.png"), "no image at all");
        ImageSet withBroken = ImageSet.of(directory.resolve("dogs"));

        assertThatThrownBy(() -> evaluation().compare(List.of(withBroken), SIGMA_25))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining(broken.toString());
        assertThat(results).isEmpty();
    }

    @Test
    void a_tiny_image_is_named_as_too_small() throws IOException {
        Path folder = Files.createDirectories(directory.resolve("tiny"));
        PictureFiles.writePng(Golden.clean().cropped(0, 0, 30, 8), folder.resolve("stamp.png"));
        ImageSet tiny = ImageSet.of(folder);

        assertThatThrownBy(() -> evaluation().compare(List.of(tiny), SIGMA_25))
                .hasMessageContaining("stamp.png is too small");
    }

    private Evaluation evaluation() {
        return new Evaluation(model, WAYS, results::add);
    }
}

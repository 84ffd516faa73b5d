package io.flexir.ops.bench.quality.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.Candidate;
import io.flexir.ops.bench.quality.FixedLine;
import io.flexir.ops.bench.quality.Row;
import io.flexir.ops.bench.quality.measure.Quality;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.OptionalDouble;

/** Rows as one JSON object, {@code {"rows": [...]}}, for scripts. Its fields do not change. */
public final class EvaluationJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private EvaluationJson() {}

    /** One line without an end. */
    public static String of(List<Row> rows) {
        try {
            return MAPPER.writeValueAsString(
                    new Report(rows.stream().map(row -> line(row, rows)).toList()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("rows cannot be written as JSON", e);
        }
    }

    private static Line line(Row row, List<Row> rows) {
        OptionalDouble gain = FixedLine.beside(row, rows).gain(row);
        Quality quality = row.quality();
        Cost cost = row.cost();
        return new Line(
                row.set(),
                row.condition(),
                row.images(),
                row.candidate() instanceof Candidate.Pointer(int pointer) ? pointer : null,
                row.candidate() instanceof Candidate.Threshold way ? way.rule() : null,
                row.candidate() instanceof Candidate.Threshold way ? way.threshold() : null,
                cost == null ? null : cost.meanPointer(),
                row.params(),
                quality == null ? null : finite(quality.psnr()),
                quality == null ? null : finite(quality.ssim()),
                quality == null || quality.psnrB() == null ? null : finite(quality.psnrB()),
                cost == null ? 0 : cost.gigaMacs(),
                cost == null ? 0 : cost.seconds(),
                gain.isPresent() ? finite(gain.getAsDouble()) : null);
    }

    /** JSON has no infinity. */
    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private record Report(List<Line> rows) {}

    /**
     * Pointer, rule and threshold are null for the input; the figures are means over the images.
     *
     * @param psnr in dB; null where it is infinite or there is nothing to compare with
     * @param psnrOverLine of an adaptive row: dB above fixed pointers, linear between them, at its
     *     GMACs; null beyond the pointers that were measured
     */
    private record Line(
            String set,
            String condition,
            int images,
            @Nullable Integer pointer,
            @Nullable AdaptiveRule rule,
            @Nullable Double threshold,
            @Nullable Double meanPointer,
            long params,
            @Nullable Double psnr,
            @Nullable Double ssim,
            @Nullable Double psnrb,
            double gmacs,
            double seconds,
            @Nullable Double psnrOverLine) {}
}

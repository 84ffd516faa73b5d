package io.flexir.ops.bench.quality.report;

import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.Candidate;
import io.flexir.ops.bench.quality.Result;
import io.flexir.ops.bench.quality.measure.Quality;
import io.flexir.ops.local.CannotStart;

import org.jspecify.annotations.Nullable;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results image by image as comma-separated values (RFC 4180); each is on disk at once. */
public final class EvaluationCsv implements AutoCloseable {

    private static final List<String> HEADING =
            List.of(
                    "set",
                    "condition",
                    "image",
                    "width",
                    "height",
                    "pointer",
                    "rule",
                    "threshold",
                    "mean_pointer",
                    "gmacs",
                    "seconds",
                    "psnr",
                    "ssim",
                    "psnrb");

    private final Path file;
    private final BufferedWriter writer;

    /**
     * Starts the file anew.
     *
     * @throws CannotStart if it cannot be written
     */
    public EvaluationCsv(Path file) {
        this.file = file;
        try {
            this.writer = Files.newBufferedWriter(file);
        } catch (IOException e) {
            throw unwritable(file, e);
        }
        write(HEADING);
    }

    /** Adds a line. */
    public void add(Result result) {
        write(
                Stream.concat(subject(result), figures(result.cost(), result.quality()))
                        .map(value -> value == null ? "" : value.toString())
                        .toList());
    }

    private static Stream<@Nullable Object> subject(Result result) {
        return Stream.of(
                result.set(),
                result.condition(),
                result.image(),
                result.picture().width(),
                result.picture().height(),
                result.candidate() instanceof Candidate.Pointer(int pointer) ? pointer : null,
                result.candidate() instanceof Candidate.Threshold way ? ruleOf(way) : null,
                result.candidate() instanceof Candidate.Threshold way ? way.threshold() : null);
    }

    private static String ruleOf(Candidate.Threshold way) {
        return way.rule().name().toLowerCase(Locale.ROOT);
    }

    private static Stream<@Nullable Object> figures(
            @Nullable Cost cost, @Nullable Quality quality) {
        return Stream.of(
                cost == null ? null : cost.meanPointer(),
                cost == null ? null : cost.gigaMacs(),
                cost == null ? null : cost.seconds(),
                quality == null ? null : quality.psnr(),
                quality == null ? null : quality.ssim(),
                quality == null ? null : quality.psnrB());
    }

    private void write(List<String> values) {
        try {
            writer.write(
                    values.stream().map(EvaluationCsv::quoted).collect(Collectors.joining(",")));
            writer.write("\r\n");
            writer.flush();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    private static String quoted(String value) {
        boolean special = value.chars().anyMatch(character -> ",\"\r\n".indexOf(character) >= 0);
        return special ? '"' + value.replace("\"", "\"\"") + '"' : value;
    }

    private static CannotStart unwritable(Path file, IOException cause) {
        return new CannotStart(
                "cannot write " + file + ": is there room, and may you write there?", cause);
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }
}

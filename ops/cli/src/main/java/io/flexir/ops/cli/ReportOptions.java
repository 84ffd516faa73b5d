package io.flexir.ops.cli;

import io.flexir.ops.bench.quality.Result;
import io.flexir.ops.bench.quality.Row;
import io.flexir.ops.bench.quality.report.EvaluationCsv;
import io.flexir.ops.bench.quality.report.EvaluationJson;
import io.flexir.ops.bench.quality.report.QualityCostPlot;
import io.flexir.ops.bench.quality.report.SavedImages;
import io.flexir.ops.local.CannotStart;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Where results go beside the table. */
final class ReportOptions {

    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = "--csv",
            paramLabel = "FILE",
            description = "Write a line for each image as it is measured.")
    private @Nullable Path csv;

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write the means as one JSON object; - is standard output.")
    private @Nullable Path json;

    @Option(
            names = "--plot",
            paramLabel = "FILE",
            description = "Plot PSNR against GMACs, to a .png or .svg file.")
    private @Nullable Path plot;

    @Option(
            names = "--save",
            paramLabel = "DIR",
            description = "Write restored images here, as SET/IMAGE-CONDITION-p4.png.")
    private @Nullable Path save;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Where people read, so that with {@code --json -} the object stands alone. */
    PrintWriter people() {
        return isJsonPrinted() ? spec.commandLine().getErr() : spec.commandLine().getOut();
    }

    /**
     * Finds out before the work what would be in vain after it.
     *
     * @param withoutReference whether there is nothing to compare with
     */
    void check(boolean withoutReference) {
        if (withoutReference && (save == null || plot != null)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--no-reference measures no quality: it needs --save, and has nothing to --plot");
        }
        if (plot != null && !QualityCostPlot.canWrite(plot)) {
            throw new ParameterException(
                    spec.commandLine(), "--plot takes a .png or .svg file, not " + plot);
        }
        Stream.of(csv, isJsonPrinted() ? null : json, plot)
                .filter(Objects::nonNull)
                .forEach(ReportOptions::requireWritable);
    }

    private static void requireWritable(Path file) {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        if (!Files.isWritable(folder) || Files.isDirectory(file)) {
            throw new CannotStart(
                    "cannot write " + file + ": name a file in a directory that can be written");
        }
    }

    /** Takes results while they come in. */
    Live live() {
        return new Live(
                csv == null ? null : new EvaluationCsv(csv),
                save == null ? null : new SavedImages(save));
    }

    /** Writes what needs all rows. */
    void write(String title, List<Row> rows) {
        if (isJsonPrinted()) {
            spec.commandLine().getOut().println(EvaluationJson.of(rows));
            spec.commandLine().getOut().flush();
        } else if (json != null) {
            writeJson(json, rows);
        }
        if (plot != null) {
            QualityCostPlot.write(title, rows, plot);
        }
    }

    private static void writeJson(Path file, List<Row> rows) {
        try {
            Files.writeString(file, EvaluationJson.of(rows) + "\n");
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write " + file + ": is there room, and may you write there?", e);
        }
    }

    private boolean isJsonPrinted() {
        return json != null && json.toString().equals(STANDARD_OUTPUT);
    }

    /** What is written while images are measured. */
    record Live(@Nullable EvaluationCsv csv, @Nullable SavedImages images)
            implements AutoCloseable {

        void take(Result result) {
            if (csv != null) {
                csv.add(result);
            }
            if (images != null) {
                images.save(result);
            }
        }

        @Override
        public void close() {
            if (csv != null) {
                csv.close();
            }
        }
    }
}

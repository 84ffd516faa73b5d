package io.flexir.ops.bench.quality.report;

import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.Candidate;
import io.flexir.ops.bench.quality.Row;
import io.flexir.ops.bench.quality.measure.Quality;
import io.flexir.ops.local.CannotStart;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * PSNR against GMACs: fixed pointers as a line, thresholds of adaptive inference as points of their
 * own.
 */
public final class QualityCostPlot {

    private static final int WIDTH = 900;
    private static final int HEIGHT = 600;

    private QualityCostPlot() {}

    /** Whether a plot can be written to a file of this name: {@code .png} and {@code .svg}. */
    public static boolean canWrite(Path file) {
        return isEnding(file, ".png") || isEnding(file, ".svg");
    }

    /**
     * @throws CannotStart if the file cannot be written
     */
    public static void write(String title, List<Row> rows, Path file) {
        XYChart chart = chart(title, rows);
        try (OutputStream out = Files.newOutputStream(file)) {
            if (isEnding(file, ".svg")) {
                VectorGraphicsEncoder.saveVectorGraphic(chart, out, VectorGraphicsFormat.SVG);
            } else {
                BitmapEncoder.saveBitmap(chart, out, BitmapFormat.PNG);
            }
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write " + file + ": is there room, and may you write there?", e);
        }
    }

    private static XYChart chart(String title, List<Row> rows) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("GMACs per image")
                        .yAxisTitle("PSNR (dB)")
                        .build();
        chart.getStyler().setLegendPosition(LegendPosition.InsideSE);
        Map<String, List<Row>> curves =
                rows.stream()
                        .filter(QualityCostPlot::isPlottable)
                        .collect(
                                Collectors.groupingBy(
                                        QualityCostPlot::curve,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        curves.forEach((name, curve) -> add(chart, name, curve));
        return chart;
    }

    private static void add(XYChart chart, String name, List<Row> curve) {
        List<Double> gigaMacs = curve.stream().map(row -> cost(row).gigaMacs()).toList();
        List<Double> psnr = curve.stream().map(row -> quality(row).psnr()).toList();
        boolean adaptive = curve.getFirst().candidate() instanceof Candidate.Threshold;
        chart.addSeries(name, gigaMacs, psnr)
                .setXYSeriesRenderStyle(
                        adaptive ? XYSeriesRenderStyle.Scatter : XYSeriesRenderStyle.Line)
                .setMarker(adaptive ? SeriesMarkers.DIAMOND : SeriesMarkers.CIRCLE);
    }

    /** The input costs nothing, and equal pictures are infinitely near: neither is on the plane. */
    private static boolean isPlottable(Row row) {
        return row.cost() != null && row.quality() != null && Double.isFinite(row.quality().psnr());
    }

    private static String curve(Row row) {
        String way =
                switch (row.candidate()) {
                    case Candidate.Input _ -> "input";
                    case Candidate.Pointer _ -> "pointers";
                    case Candidate.Threshold(AdaptiveRule rule, double _) ->
                            rule.name().toLowerCase(Locale.ROOT);
                };
        return String.join(", ", row.set(), row.condition(), way);
    }

    private static Cost cost(Row row) {
        return Objects.requireNonNull(row.cost());
    }

    private static Quality quality(Row row) {
        return Objects.requireNonNull(row.quality());
    }

    private static boolean isEnding(Path file, String ending) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}

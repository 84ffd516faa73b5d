package io.flexir.ops.bench.simulate;

import de.erichseifert.vectorgraphics2d.Processors;
import de.erichseifert.vectorgraphics2d.VectorGraphics2D;
import de.erichseifert.vectorgraphics2d.util.PageSize;

import io.flexir.ops.local.CannotStart;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;

import java.awt.geom.AffineTransform;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Mean and 5th percentile of PSNR, p99 of latency and cost over deadline attainment: a point for
 * each policy.
 */
public final class SimulationPlot {
    private static final int WIDTH = 700;
    private static final int HEIGHT = 450;
    private static final int ROWS = 2;
    private static final int COLUMNS = 2;

    private SimulationPlot() {}

    /** Whether a plot can be written to a file of this name: {@code .png} and {@code .svg}. */
    public static boolean canWrite(Path file) {
        return isEnding(file, ".png") || isEnding(file, ".svg");
    }

    /**
     * @param hourCost what an hour of a worker costs
     * @throws CannotStart if the file cannot be written
     */
    public static void write(String title, List<PolicyResult> results, double hourCost, Path file) {
        List<XYChart> charts =
                List.of(
                        chart(title, "mean PSNR (dB)", results, PolicyResult::meanPsnr),
                        chart("", "5th percentile of PSNR (dB)", results, PolicyResult::p5Psnr),
                        chart("", "p99 of latency (s)", results, PolicyResult::p99Seconds),
                        chart("", "cost", results, result -> result.cost(hourCost)));
        try (OutputStream out = Files.newOutputStream(file)) {
            if (isEnding(file, ".svg")) {
                writeSvg(charts, out);
            } else {
                BitmapEncoder.saveBitmap(charts, ROWS, COLUMNS, out, BitmapFormat.PNG);
            }
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write " + file + ": is there room, and may you write there?", e);
        }
    }

    /** A bound has no latency, and so no point there. */
    private static XYChart chart(
            String title,
            String measure,
            List<PolicyResult> results,
            ToDoubleFunction<PolicyResult> value) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("deadlines kept (%)")
                        .yAxisTitle(measure)
                        .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        results.stream()
                .filter(result -> Double.isFinite(value.applyAsDouble(result)))
                .forEach(
                        result ->
                                chart.addSeries(
                                                result.name(),
                                                List.of(100 * result.attainment()),
                                                List.of(value.applyAsDouble(result)))
                                        .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter));
        return chart;
    }

    private static void writeSvg(List<XYChart> charts, OutputStream out) throws IOException {
        VectorGraphics2D page = new VectorGraphics2D();
        AffineTransform origin = page.getTransform();
        for (int i = 0; i < charts.size(); i++) {
            page.setTransform(origin);
            page.translate(i % COLUMNS * WIDTH, i / COLUMNS * HEIGHT);
            charts.get(i).paint(page, WIDTH, HEIGHT);
        }
        PageSize size = new PageSize(0, 0, COLUMNS * WIDTH, ROWS * HEIGHT);
        Processors.get("svg").getDocument(page.getCommands(), size).writeTo(out);
    }

    private static boolean isEnding(Path file, String ending) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}

package io.flexir.ops.bench.simulate;

import io.flexir.ops.local.CannotStart;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Deadline attainment against mean PSNR: a point for each policy, better to the upper right. */
public final class SimulationPlot {
    private SimulationPlot() {}

    /** Whether a plot can be written to a file of this name: {@code .png} and {@code .svg}. */
    public static boolean canWrite(Path file) {
        return isEnding(file, ".png") || isEnding(file, ".svg");
    }

    /**
     * @throws CannotStart if the file cannot be written
     */
    public static void write(String title, List<PolicyResult> results, Path file) {
        XYChart chart =
                new XYChartBuilder()
                        .width(900)
                        .height(600)
                        .title(title)
                        .xAxisTitle("deadlines kept (%)")
                        .yAxisTitle("mean PSNR (dB)")
                        .build();
        chart.getStyler().setLegendPosition(LegendPosition.InsideNW);
        for (PolicyResult result : results) {
            chart.addSeries(
                            result.name(),
                            List.of(100 * result.attainment()),
                            List.of(result.meanPsnr()))
                    .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter);
        }
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

    private static boolean isEnding(Path file, String ending) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(ending);
    }
}

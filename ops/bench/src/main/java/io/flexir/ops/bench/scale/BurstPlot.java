package io.flexir.ops.bench.scale;

import io.flexir.ops.local.CannotStart;

import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.BitmapEncoder.BitmapFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Backlog, pointers and workers over time, one above the other. */
public final class BurstPlot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 280;

    private BurstPlot() {}

    /**
     * Writes a PNG.
     *
     * @throws CannotStart if the file cannot be written
     */
    public static void write(BurstReport report, Path file) {
        List<XYChart> charts = List.of(backlog(report), pointers(report), workers(report));
        charts.forEach(chart -> chart.getStyler().setXAxisMin(0.0).setXAxisMax(end(report)));
        try (OutputStream out = Files.newOutputStream(file)) {
            BitmapEncoder.saveBitmap(charts, charts.size(), 1, out, BitmapFormat.PNG);
        } catch (IOException e) {
            throw new CannotStart(
                    "cannot write " + file + ": is there room, and may you write there?", e);
        }
    }

    private static XYChart backlog(BurstReport report) {
        XYChart chart = chart("Jobs that have not ended", "jobs");
        steps(chart, "queued", report, Sample::queued);
        steps(chart, "order out", report, Sample::out);
        return chart;
    }

    private static XYChart pointers(BurstReport report) {
        XYChart chart = chart("Pointers", "pointer");
        points(chart, "granted", report, JobRow::grants, SeriesMarkers.CROSS);
        points(chart, "used", report, JobRow::uses, SeriesMarkers.CIRCLE);
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private static XYChart workers(BurstReport report) {
        XYChart chart = chart("Workers", "workers");
        steps(chart, "desired", report, Sample::desired);
        steps(chart, "ready", report, Sample::ready);
        steps(chart, "processes", report, sample -> sample.working() + sample.draining());
        chart.getStyler().setYAxisMin(0.0);
        return chart;
    }

    private static XYChart chart(String title, String unit) {
        XYChart chart =
                new XYChartBuilder()
                        .width(WIDTH)
                        .height(HEIGHT)
                        .title(title)
                        .xAxisTitle("seconds")
                        .yAxisTitle(unit)
                        .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        return chart;
    }

    private static void steps(
            XYChart chart, String name, BurstReport report, Function<Sample, Integer> value) {
        chart.addSeries(
                        name,
                        report.timeline().stream().map(Sample::seconds).toList(),
                        report.timeline().stream().map(value).toList())
                .setXYSeriesRenderStyle(XYSeriesRenderStyle.Step)
                .setMarker(SeriesMarkers.NONE);
    }

    /** Without any there is no series. */
    private static void points(
            XYChart chart,
            String name,
            BurstReport report,
            Function<JobRow, Stream<JobRow.Dated>> of,
            Marker marker) {
        List<JobRow.Dated> points = report.jobs().stream().flatMap(of).toList();
        if (!points.isEmpty()) {
            chart.addSeries(
                            name,
                            points.stream().map(JobRow.Dated::seconds).toList(),
                            points.stream().map(JobRow.Dated::pointer).toList())
                    .setXYSeriesRenderStyle(XYSeriesRenderStyle.Scatter)
                    .setMarker(marker);
        }
    }

    private static double end(BurstReport report) {
        return report.timeline().getLast().seconds();
    }
}

package io.flexir.ops.bench.worker;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells {@link WorkerTimes} to people and to scripts. */
public final class WorkerTimesReport {

    private static final double MILLIS = 1000;
    private static final JsonMapper MAPPER = new JsonMapper();

    private WorkerTimesReport() {}

    /** A table of milliseconds, and a sentence. */
    public static List<String> lines(WorkerTimes times) {
        TextTable table =
                new TextTable(
                        List.of(
                                new Column("ms a photo", Side.LEFT),
                                new Column("", Side.RIGHT),
                                new Column("share", Side.RIGHT)));
        phases(times)
                .forEach(
                        (phase, seconds) ->
                                table.add(
                                        List.of(
                                                phase,
                                                String.format(
                                                        Locale.ROOT, "%.1f", MILLIS * seconds),
                                                String.format(
                                                        Locale.ROOT,
                                                        "%.1f%%",
                                                        100 * seconds / times.secondsPerPhoto()))));
        List<String> lines = new ArrayList<>(table.lines());
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d photos in %.2f s, %.2f a second, %d at a time: %.1f%% of the worker's wall time is not inference",
                        times.photos(),
                        times.wallSeconds(),
                        times.photos() / times.wallSeconds(),
                        times.slots(),
                        100 * times.shareAround()));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "the engine alone does %.2f a second: the worker around it leaves %.1f%% of that",
                        1 / times.engineSeconds(),
                        100 * times.shareOfEngine()));
        return lines;
    }

    private static Map<String, Double> phases(WorkerTimes times) {
        PhaseSeconds mean = times.mean();
        Map<String, Double> phases = new LinkedHashMap<>();
        phases.put("inference", mean.inference());
        phases.put("fetch", mean.fetch());
        phases.put("decode", mean.decode());
        phases.put("tiling", mean.tiling());
        phases.put("encode", mean.encode());
        phases.put("store", mean.store());
        phases.put("between", times.between());
        return phases;
    }

    /** One line without an end; its fields do not change. */
    public static String json(WorkerTimes times) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("slots", times.slots());
        report.put("photos", times.photos());
        report.put("wallSeconds", times.wallSeconds());
        report.put("secondsPerPhoto", phases(times));
        report.put("shareAroundInference", times.shareAround());
        report.put("enginePhotosPerSecond", 1 / times.engineSeconds());
        report.put("shareOfEngine", times.shareOfEngine());
        try {
            return MAPPER.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("times cannot be written as JSON", e);
        }
    }
}

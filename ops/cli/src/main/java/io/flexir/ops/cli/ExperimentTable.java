package io.flexir.ops.cli;

import io.flexir.ops.local.client.FleetExperiment;
import io.flexir.ops.local.client.FleetExperiment.Mean;
import io.flexir.ops.local.client.FleetExperiment.Result;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is known of each variant, a row each; means with their 95% confidence intervals. */
final class ExperimentTable {
    private ExperimentTable() {}

    static List<String> lines(FleetExperiment experiment) {
        TextTable table =
                new TextTable(
                        Stream.concat(
                                        Stream.of(new Column("variant", Side.LEFT)),
                                        Stream.of("jobs", "rating", "dB", "GMACs", "s", "on time %")
                                                .map(name -> new Column(name, Side.RIGHT)))
                                .toList());
        List<Result> results = experiment.results();
        (results == null ? List.<Result>of() : results)
                .forEach(result -> table.add(cells(result, experiment.promoted())));
        return table.lines();
    }

    private static List<String> cells(Result result, @Nullable String promoted) {
        boolean won = result.variant().equals(promoted);
        return List.of(
                won ? result.variant() + " (promoted)" : result.variant(),
                Long.toString(result.jobs()),
                cell(result.rating(), 1),
                cell(result.psnr(), 1),
                cell(result.gigaMacs(), 1),
                cell(result.seconds(), 1),
                cell(result.onTime(), 100));
    }

    private static String cell(@Nullable Mean mean, double scale) {
        if (mean == null) {
            return "-";
        }
        Double low = mean.low();
        Double high = mean.high();
        String middle = String.format(Locale.ROOT, "%.2f", scale * mean.mean());
        return low == null || high == null
                ? middle
                : String.format(Locale.ROOT, "%s [%.2f, %.2f]", middle, scale * low, scale * high);
    }
}

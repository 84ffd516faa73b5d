package io.flexir.ops.bench.anytime;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** What became of jobs with deadlines. */
public record AnytimeReport(List<Ended> jobs) {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<Double> SHARES = List.of(0.3, 0.5, 0.7, 0.9, 1.1, 1.3, 1.5);

    public AnytimeReport {
        jobs = List.copyOf(jobs);
    }

    /** Share of results that came late, of those whose floor was in time with 10% to spare. */
    public double lateShare() {
        return share(jobs.stream().filter(Ended::feasible).toList(), Ended::late);
    }

    /** Mean share of its time that a job leaves unused which was ended early and came in time. */
    public double unusedShare() {
        return mean(jobs.stream().filter(job -> job.cut() && !job.late()).toList());
    }

    /** Of all that were ended early, the share that had time for one stage more. */
    public double tooEarlyShare() {
        return share(jobs.stream().filter(Ended::cut).toList(), Ended::couldGoDeeper);
    }

    /** A row for each stretch of shares, and one for all. */
    public List<String> lines() {
        TextTable table =
                new TextTable(
                        Stream.of(
                                        "time / full time",
                                        "jobs",
                                        "feasible",
                                        "late of these",
                                        "mean P",
                                        "ended early",
                                        "unused",
                                        "time for a stage")
                                .map(name -> new Column(name, Side.RIGHT))
                                .toList());
        for (int i = 1; i < SHARES.size(); i++) {
            double from = SHARES.get(i - 1);
            double to = SHARES.get(i);
            AnytimeReport part =
                    new AnytimeReport(
                            jobs.stream()
                                    .filter(j -> j.share() >= from && j.share() < to)
                                    .toList());
            table.add(part.cells(number("%.1f to ", from) + number("%.1f", to)));
        }
        table.add(cells("all"));
        return table.lines();
    }

    private List<String> cells(String name) {
        List<String> cells = new ArrayList<>();
        cells.add(name);
        cells.add(Integer.toString(jobs.size()));
        cells.add(Long.toString(jobs.stream().filter(Ended::feasible).count()));
        cells.add(number("%.1f%%", 100 * lateShare()));
        cells.add(number("%.2f", jobs.stream().mapToInt(Ended::pointer).average().orElse(0)));
        cells.add(Long.toString(jobs.stream().filter(Ended::cut).count()));
        cells.add(number("%.1f%%", 100 * unusedShare()));
        cells.add(number("%.1f%%", 100 * tooEarlyShare()));
        return cells;
    }

    /** One line without an end. */
    public String json() {
        ObjectNode root = MAPPER.createObjectNode();
        root.put("jobs", jobs.size());
        root.put("feasible", jobs.stream().filter(Ended::feasible).count());
        root.put("endedEarly", jobs.stream().filter(Ended::cut).count());
        root.put("lateShare", lateShare());
        root.put("unusedShare", unusedShare());
        root.put("timeForAStageShare", tooEarlyShare());
        return root.toString();
    }

    private static double share(List<Ended> of, Predicate<Ended> which) {
        return of.isEmpty() ? 0 : (double) of.stream().filter(which).count() / of.size();
    }

    private static double mean(List<Ended> of) {
        return of.stream().mapToDouble(Ended::unusedShare).average().orElse(0);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}

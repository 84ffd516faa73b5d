package io.flexir.ops.bench.speed;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.terminal.TextTable;
import io.flexir.ops.local.terminal.TextTable.Column;
import io.flexir.ops.local.terminal.TextTable.Side;

import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** The engine by itself under JMH, a process for each bundle, size and pointer. */
public final class Throughput {

    private static final int WARM_UPS = 2;
    private static final int ITERATIONS = 5;

    private Throughput() {}

    /**
     * Measures one bundle at every size and pointer and tells it as a table.
     *
     * @param iterationSeconds a measurement restores images for so long; five of them, after two to
     *     warm up
     */
    public static List<String> lines(
            Path bundle,
            List<Integer> sizes,
            List<Integer> pointers,
            int threads,
            double iterationSeconds) {
        return run(
                options(EngineBenchmark.class, bundle, sizes, pointers, threads, iterationSeconds)
                        .build());
    }

    /**
     * Measures what it gains to run the graphs over several tiles at once.
     *
     * @param batches tiles at once
     */
    public static List<String> batches(
            Path bundle,
            List<Integer> sizes,
            List<Integer> pointers,
            List<Integer> batches,
            int threads,
            double iterationSeconds) {
        return run(
                options(BatchBenchmark.class, bundle, sizes, pointers, threads, iterationSeconds)
                        .param("batch", texts(batches))
                        .build());
    }

    private static List<String> run(Options options) {
        try {
            return table(new Runner(options).run());
        } catch (RunnerException e) {
            throw new CannotStart("JMH cannot measure: " + e.getMessage(), e);
        }
    }

    private static ChainedOptionsBuilder options(
            Class<?> benchmark,
            Path bundle,
            List<Integer> sizes,
            List<Integer> pointers,
            int threads,
            double iterationSeconds) {
        TimeValue time = TimeValue.milliseconds(Math.round(1000 * iterationSeconds));
        return new OptionsBuilder()
                .include(benchmark.getName())
                .param("bundle", bundle.toAbsolutePath().toString())
                .param("size", texts(sizes))
                .param("pointer", texts(pointers))
                .param("threads", Integer.toString(threads))
                .forks(1)
                .warmupIterations(WARM_UPS)
                .warmupTime(time)
                .measurementIterations(ITERATIONS)
                .measurementTime(time)
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
    }

    private static String[] texts(List<Integer> values) {
        return values.stream().map(String::valueOf).toArray(String[]::new);
    }

    private static List<String> table(Collection<RunResult> results) {
        TextTable table =
                new TextTable(
                        List.of(
                                new Column("bundle", Side.LEFT),
                                new Column("size", Side.RIGHT),
                                new Column("P", Side.RIGHT),
                                new Column("batch", Side.RIGHT),
                                new Column("images/s", Side.RIGHT),
                                new Column("+-99.9%", Side.RIGHT)));
        results.forEach(result -> table.add(cells(result)));
        return table.lines();
    }

    private static List<String> cells(RunResult run) {
        Result<?> score = run.getPrimaryResult();
        String batch = Objects.requireNonNullElse(run.getParams().getParam("batch"), "1");
        int images = Integer.parseInt(batch);
        Path bundle = Path.of(run.getParams().getParam("bundle"));
        return List.of(
                Objects.requireNonNull(bundle.getFileName()).toString(),
                run.getParams().getParam("size"),
                run.getParams().getParam("pointer"),
                batch,
                String.format(Locale.ROOT, "%.2f", images * score.getScore()),
                String.format(Locale.ROOT, "%.2f", images * score.getScoreError()));
    }
}

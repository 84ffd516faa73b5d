package io.flexir.ops.cli;

import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.Result;
import io.flexir.ops.bench.quality.measure.Quality;

import java.io.PrintWriter;
import java.util.Locale;

/** Says what was restored: on a terminal in one line that is drawn anew, elsewhere line by line. */
final class EvaluationProgress implements AutoCloseable {

    private static final String LINE_START = "\r";
    private static final String ERASE_LINE = "\u001b[2K";

    private final PrintWriter err;
    private final boolean terminal;
    private final int all;
    private int done;

    /**
     * @param all pictures that will be restored
     */
    EvaluationProgress(PrintWriter err, boolean terminal, int all) {
        this.err = err;
        this.terminal = terminal;
        this.all = all;
    }

    void take(Result result) {
        Cost cost = result.cost();
        if (cost == null) {
            return;
        }
        done++;
        if (terminal) {
            err.print(LINE_START + ERASE_LINE + line(result, cost));
        } else {
            err.println(line(result, cost));
        }
        err.flush();
    }

    private String line(Result result, Cost cost) {
        Quality quality = result.quality();
        return String.format(
                Locale.ROOT,
                "%d of %d  %s/%s  %s %s  %s%.2f s",
                done,
                all,
                result.set(),
                result.image(),
                result.condition(),
                result.candidate().label(),
                quality == null ? "" : String.format(Locale.ROOT, "%.2f dB, ", quality.psnr()),
                cost.seconds());
    }

    /** Leaves the line. */
    @Override
    public void close() {
        if (terminal && done > 0) {
            err.println();
            err.flush();
        }
    }
}

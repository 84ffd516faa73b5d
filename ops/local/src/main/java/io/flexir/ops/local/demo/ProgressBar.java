package io.flexir.ops.local.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Draws a {@link JobBoard} while it is open: on a terminal one line that is drawn anew, elsewhere a
 * line whenever a job ends.
 */
public final class ProgressBar implements AutoCloseable {

    private static final int CELLS = 32;
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final String LINE_START = "\r";
    private static final String ERASE_LINE = "\u001b[2K";
    private static final double NANOS = 1e9;

    private final JobBoard board;
    private final PrintWriter out;
    private final boolean terminal;
    private final long startedNanos = System.nanoTime();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("progress-bar").factory());
    private int endedShown;

    private ProgressBar(JobBoard board, PrintWriter out, boolean terminal) {
        this.board = board;
        this.out = out;
        this.terminal = terminal;
    }

    /** Draws until it is closed. */
    public static ProgressBar show(JobBoard board, PrintWriter out, boolean terminal) {
        ProgressBar bar = new ProgressBar(board, out, terminal);
        var _ =
                bar.timer.scheduleAtFixedRate(
                        bar::draw, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        return bar;
    }

    private synchronized void draw() {
        JobBoard.Snapshot now = board.snapshot();
        if (now.expected() == 0) {
            return;
        }
        if (terminal) {
            out.print(LINE_START + ERASE_LINE + line(now, seconds()));
            out.flush();
        } else if (now.ended() != endedShown) {
            endedShown = now.ended();
            out.println(line(now, seconds()));
            out.flush();
        }
    }

    static String line(JobBoard.Snapshot now, double seconds) {
        int full = (int) Math.round(now.fraction() * CELLS);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f%%  %d of %d done, %d running, %.1f s",
                "#".repeat(full),
                "-".repeat(CELLS - full),
                100 * now.fraction(),
                now.ended(),
                now.expected(),
                now.running(),
                seconds);
    }

    /** Draws once more and leaves the line. */
    @Override
    public void close() {
        timer.shutdownNow();
        draw();
        if (terminal) {
            out.println();
            out.flush();
        }
    }

    private double seconds() {
        return (System.nanoTime() - startedNanos) / NANOS;
    }
}

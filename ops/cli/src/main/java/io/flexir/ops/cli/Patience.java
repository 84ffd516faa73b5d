package io.flexir.ops.cli;

import io.flexir.ops.local.client.FleetException.Refused;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.Supplier;

/** Asks again where the scheduler says when that would help. */
final class Patience {
    private static final Duration IN_ALL = Duration.ofMinutes(10);

    private final PrintWriter err;

    Patience(PrintWriter err) {
        this.err = err;
    }

    /**
     * @param what is asked for, as people call it
     * @throws Refused when asking again would not help, or has not for ten minutes
     */
    <T> T ask(String what, Supplier<T> question) {
        long until = System.nanoTime() + IN_ALL.toNanos();
        while (true) {
            try {
                return question.get();
            } catch (Refused busy) {
                Duration wait = busy.retryAfter().orElseThrow(() -> busy);
                if (System.nanoTime() + wait.toNanos() > until) {
                    throw busy;
                }
                err.println(
                        "flexir: "
                                + what
                                + ": "
                                + busy.getMessage()
                                + "; again in "
                                + wait.toSeconds()
                                + " s");
                err.flush();
                pause(wait, busy);
            }
        }
    }

    private static void pause(Duration wait, Refused busy) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw busy;
        }
    }
}

package io.flexir.ops.cli;

import io.flexir.worker.TerminationSignals;

import java.util.concurrent.CountDownLatch;

/**
 * Stops something when the process is told to end (SIGINT, SIGTERM), and lets others wait for that.
 */
final class StopSignal {

    /** As shells have it: 128 and the signal's number. */
    private static final int INTERRUPTED = 130;

    private final CountDownLatch stopped = new CountDownLatch(1);

    private StopSignal() {}

    /**
     * @param onStop runs at the first signal, before the process ends with 0
     */
    static StopSignal closing(Runnable onStop) {
        StopSignal signal = new StopSignal();
        Runnable stop =
                () -> {
                    onStop.run();
                    signal.stopped.countDown();
                };
        TerminationSignals.stopInOrder(stop);
        return signal;
    }

    /**
     * Ends the process with 130 at the first signal: for commands that are cut off in their work.
     * Not by exit, which would run ONNX Runtime's shutdown hook.
     *
     * @param onStop runs before that; no graph may run after it
     */
    static StopSignal cuttingOff(Runnable onStop) {
        return closing(
                () -> {
                    onStop.run();
                    Runtime.getRuntime().halt(INTERRUPTED);
                });
    }

    /** Blocks for good: the process ends with the signal. */
    void await() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

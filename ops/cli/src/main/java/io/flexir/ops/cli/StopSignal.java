package io.flexir.ops.cli;

import io.flexir.worker.TerminationSignals;

import java.util.concurrent.CountDownLatch;

/**
 * Stops something when the process is told to end (SIGINT, SIGTERM), and lets others wait for that.
 */
final class StopSignal {

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

    /** Blocks for good: the process ends with the signal. */
    void await() {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

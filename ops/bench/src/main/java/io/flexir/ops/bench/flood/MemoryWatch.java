package io.flexir.ops.bench.flood;

import io.flexir.ops.bench.ResidentMemory;
import io.flexir.ops.local.CannotStart;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Looks at the resident memory of some processes, on a thread of its own. Thread-safe. */
final class MemoryWatch implements AutoCloseable {
    private static final long EVERY_MILLIS = 250;

    private final Map<String, ProcessHandle> processes;
    private final Map<String, Double> peaks = new LinkedHashMap<>();
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("flood-memory").daemon().factory());

    /**
     * @param processes by what they are
     */
    MemoryWatch(Map<String, ProcessHandle> processes) {
        this.processes = new LinkedHashMap<>(processes);
        look();
        var _ =
                thread.scheduleWithFixedDelay(
                        this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** What each has now, MiB. */
    Map<String, Double> now() {
        Map<String, Double> all = new LinkedHashMap<>();
        processes.forEach((name, process) -> all.put(name, ResidentMemory.megabytes(process)));
        return all;
    }

    /** The most that each was seen to have, MiB. */
    synchronized Map<String, Double> peaks() {
        return new LinkedHashMap<>(peaks);
    }

    private synchronized void look() {
        try {
            now().forEach((name, megabytes) -> peaks.merge(name, megabytes, Math::max));
        } catch (CannotStart gone) {
            // Who has ended is found by whoever waits for its work.
            thread.shutdown();
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}

package io.flexir.worker.restore.model;

import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many jobs run in this process, and what follows for each: one by itself uses all threads, and
 * so do few on many processors; as many as keep at least half of the threads busy use one each.
 * Thread-safe.
 */
final class Crowd {
    private final int threads;
    private final AtomicInteger jobs = new AtomicInteger();

    /**
     * @param threads of the pool
     */
    Crowd(int threads) {
        this.threads = threads;
    }

    /**
     * On the processor. Where glibc has one heap for all threads, jobs with a thread each would
     * wait for each other there at every node, so they share the pool instead.
     */
    static Crowd of(RuntimeSettings settings, Map<String, String> environment) {
        boolean oneHeap = "1".equals(environment.get("MALLOC_ARENA_MAX"));
        boolean processor = settings.accelerator() instanceof Accelerator.None;
        return new Crowd(processor && !oneHeap ? settings.intraThreads() : 1);
    }

    void enter() {
        jobs.incrementAndGet();
    }

    void leave() {
        jobs.decrementAndGet();
    }

    /** For the next graph. */
    Spread spread() {
        int now = jobs.get();
        return threads > 1 && now > 1 && 2 * now >= threads
                ? Spread.ONE_THREAD
                : Spread.ALL_THREADS;
    }
}

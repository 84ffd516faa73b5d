package io.flexir.ops.bench.chaos;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.Submission;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;

/**
 * Clients that submit small jobs over HTTP, as fast as the fleet ends them. What is refused or not
 * answered is submitted again with the same key, to another scheduler, until it is accepted.
 */
final class Load implements AutoCloseable {
    private static final String MODEL = "denoise-color-25-s";
    private static final int CLIENTS = 16;

    /** So many jobs may wait in the fleet. */
    private static final int WINDOW = 200;

    private static final Duration AGAIN = Duration.ofMillis(200);

    private final int jobs;
    private final Duration longest;
    private final long startNanos = System.nanoTime();
    private final long seed;
    private final List<FleetClient> schedulers;
    private final List<byte[]> images;
    private final IntSupplier ended;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger working = new AtomicInteger(CLIENTS);
    private final AtomicLong refusals = new AtomicLong();
    private final ExecutorService clients =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("flexir-chaos-client-", 0).factory());

    /**
     * Begins at once.
     *
     * @param jobs at most
     * @param longest after so long no more are submitted
     * @param ended how many jobs have ended so far
     */
    Load(int jobs, Duration longest, long seed, List<FleetClient> schedulers, IntSupplier ended) {
        this.jobs = jobs;
        this.longest = longest;
        this.seed = seed;
        this.schedulers = schedulers;
        this.images = TinyImages.of(seed);
        this.ended = ended;
        for (int client = 0; client < CLIENTS; client++) {
            int home = client;
            var _ = clients.submit(() -> submitAll(home));
        }
    }

    /** Jobs that clients were told are accepted. */
    Set<String> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** Whether nothing more will be submitted. */
    boolean finished() {
        return working.get() == 0;
    }

    int acknowledgedCount() {
        return acknowledged.size();
    }

    /** Answers that were no acceptance, and answers that did not come. */
    long refusals() {
        return refusals.get();
    }

    /** Gives up what is not accepted yet. */
    @Override
    public void close() {
        clients.shutdownNow();
        clients.close();
    }

    private void submitAll(int home) {
        try {
            for (int job = next.getAndIncrement(); mayBegin(job); job = next.getAndIncrement()) {
                for (int attempt = 0; !submitted(job, home + attempt); attempt++) {
                    refusals.incrementAndGet();
                    if (!pause()) {
                        return;
                    }
                }
            }
        } finally {
            working.decrementAndGet();
        }
    }

    private boolean mayBegin(int job) {
        return job < jobs && System.nanoTime() - startNanos < longest.toNanos();
    }

    private boolean submitted(int job, int scheduler) {
        while (job - ended.getAsInt() > WINDOW) {
            if (!pause()) {
                return false;
            }
        }
        Submission submission =
                Submission.of(
                        Submission.Input.inline(images.get(job % images.size())),
                        MODEL,
                        new Depth.Fixed(1));
        try {
            acknowledged.add(
                    schedulers
                            .get(scheduler % schedulers.size())
                            .submit(submission, "chaos-" + seed + "-" + job)
                            .id());
            return true;
        } catch (FleetException notTaken) {
            return false;
        }
    }

    private static boolean pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(AGAIN.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

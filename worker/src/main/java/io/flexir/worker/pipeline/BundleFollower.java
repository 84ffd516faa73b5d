package io.flexir.worker.pipeline;

import io.flexir.contracts.control.ControlRecord.ActivateBundle;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Fetches the bundles that are to be active before an order names them, on a thread of its own, one
 * at a time, and again until it has them or another is wanted. Thread-safe.
 */
public final class BundleFollower implements Runnable, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BundleFollower.class);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final int MAX_MODELS = 1000;

    private final Models models;
    private final Runnable onHeld;
    private final Duration again;
    private final Thread thread;

    /** Digest by name of the model, of those that are not at hand yet. */
    private final Map<String, String> wanted = new LinkedHashMap<>();

    private int asked;
    private boolean closed;

    private BundleFollower(String workerId, Models models, Runnable onHeld, Duration again) {
        this.models = models;
        this.onHeld = onHeld;
        this.again = again;
        this.thread = Thread.ofPlatform().daemon().name(workerId + "-bundles").unstarted(this);
    }

    /**
     * Waits to be told.
     *
     * @param onHeld told when there is another bundle at hand that can be loaded
     */
    public static BundleFollower start(String workerId, Models models, Runnable onHeld) {
        return start(workerId, models, onHeld, AGAIN);
    }

    static BundleFollower start(String workerId, Models models, Runnable onHeld, Duration again) {
        BundleFollower follower = new BundleFollower(workerId, models, onHeld, again);
        follower.thread.start();
        return follower;
    }

    /** A bundle is to be active. Returns at once. */
    public synchronized void follow(ActivateBundle activation) {
        if (wanted.size() < MAX_MODELS || wanted.containsKey(activation.name())) {
            wanted.put(activation.name(), activation.digest());
            asked++;
            notifyAll();
        }
    }

    @Override
    public void run() {
        try {
            while (true) {
                Optional<Map.Entry<String, String>> next = next();
                if (next.isEmpty()) {
                    return;
                }
                conclude(next.get(), tried(next.get().getKey(), next.get().getValue()));
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized Optional<Map.Entry<String, String>> next() throws InterruptedException {
        while (!closed && wanted.isEmpty()) {
            wait();
        }
        return closed
                ? Optional.empty()
                : wanted.entrySet().stream().findFirst().map(Map.Entry::copyOf);
    }

    /** The thread goes on with the other bundles, whatever is wrong with one. */
    private boolean tried(String model, String digest) {
        try {
            return provided(model, digest);
        } catch (RuntimeException broken) {
            LOG.error("event=bundle_not_provided model={} digest={}", model, digest, broken);
            return false;
        }
    }

    private boolean provided(String model, String digest) {
        switch (models.provide(digest)) {
            case BundleFetch.Here() -> {
                if (models.warm(digest)) {
                    onHeld.run();
                }
                return true;
            }
            case BundleFetch.Unavailable(String detail) ->
                    LOG.warn(
                            "event=bundle_not_fetched model={} digest={} problem=\"{}\"",
                            model,
                            digest,
                            detail);
            case BundleFetch.Refused(String reason) ->
                    LOG.warn(
                            "event=bundle_refused model={} digest={} reason=\"{}\"",
                            model,
                            digest,
                            reason);
        }
        return false;
    }

    /** What did not come goes behind the others, and is waited for; unless another is wanted. */
    private synchronized void conclude(Map.Entry<String, String> tried, boolean had)
            throws InterruptedException {
        boolean stillWanted = wanted.remove(tried.getKey(), tried.getValue());
        if (!had && stillWanted) {
            wanted.put(tried.getKey(), tried.getValue());
            awaitAnother();
        }
    }

    /** Waits until another bundle is wanted, or it is time to try again. */
    private synchronized void awaitAnother() throws InterruptedException {
        int before = asked;
        long end = System.nanoTime() + again.toNanos();
        long left = again.toMillis();
        while (left > 0 && !closed && asked == before) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    /** Stops fetching; returns when the thread has ended, or after a few seconds. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            thread.join(AGAIN);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}

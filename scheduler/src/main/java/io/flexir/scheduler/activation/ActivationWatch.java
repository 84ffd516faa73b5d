package io.flexir.scheduler.activation;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;

/** Looks at the activations again and again, on a thread of its own. */
public final class ActivationWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActivationWatch.class);
    private static final Duration BETWEEN = Duration.ofMillis(500);
    private static final Duration END = Duration.ofSeconds(5);

    private final ActivationBook book;
    private final Thread thread;

    private ActivationWatch(ActivationBook book) {
        this.book = book;
        this.thread = Thread.ofPlatform().daemon().name("flexir-activations").unstarted(this::run);
    }

    /** Begins to look. */
    public static ActivationWatch start(ActivationBook book) {
        ActivationWatch watch = new ActivationWatch(book);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                look();
                Thread.sleep(BETWEEN);
            }
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            book.look();
        } catch (RuntimeException failure) {
            LOG.warn("event=activations_not_looked_at", failure);
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join(END);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}

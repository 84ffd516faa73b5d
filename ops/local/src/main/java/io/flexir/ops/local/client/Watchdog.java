package io.flexir.ops.local.client;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a stream that has been silent for too long, so that whoever reads it is told: a peer that
 * is gone without a word is waited for as long as the operating system does, which is for ever.
 */
final class Watchdog implements AutoCloseable {
    private final Closeable stream;
    private final Duration silence;
    private final Thread thread;
    private volatile long heardNanos = System.nanoTime();

    Watchdog(Closeable stream, Duration silence) {
        this.stream = stream;
        this.silence = silence;
        this.thread = Thread.ofVirtual().name("flexir-watchdog").start(this::watch);
    }

    /** Something was read. */
    void heard() {
        heardNanos = System.nanoTime();
    }

    @Override
    public void close() {
        thread.interrupt();
    }

    private void watch() {
        try {
            long left = silence.toNanos();
            while (left > 0) {
                TimeUnit.NANOSECONDS.sleep(left);
                left = silence.toNanos() - (System.nanoTime() - heardNanos);
            }
            stream.close();
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}

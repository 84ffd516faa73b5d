package io.flexir.scheduler.jobs;

import org.apache.kafka.common.utils.Time;

import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * Time as Kafka Streams takes it: the hour at the start, and from then on the time that passes.
 * Streams remembers when to tick and to commit next by the hour; were that set back by an hour, it
 * would do neither for an hour.
 */
final class StreamsTime implements Time {
    private final long startMillis;
    private final long startNanos = System.nanoTime();

    /**
     * @param clock tells the hour at the start
     */
    StreamsTime(InstantSource clock) {
        this.startMillis = clock.millis();
    }

    @Override
    public long milliseconds() {
        return startMillis + (nanoseconds() - startNanos) / 1_000_000;
    }

    @Override
    public long nanoseconds() {
        return System.nanoTime();
    }

    @Override
    public void sleep(long millis) {
        SYSTEM.sleep(millis);
    }

    @Override
    public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMillis)
            throws InterruptedException {
        long leftMillis = deadlineMillis - milliseconds();
        SYSTEM.waitObject(object, condition, SYSTEM.milliseconds() + leftMillis);
    }
}

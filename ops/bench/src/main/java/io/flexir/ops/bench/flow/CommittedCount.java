package io.flexir.ops.bench.flow;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;

import java.time.Duration;

/** Counts what is committed to a topic, as it comes. */
final class CommittedCount {
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** What comes so soon after the first record was committed together with it. */
    private static final Duration OPENING = Duration.ofMillis(50);

    private CommittedCount() {}

    /**
     * Reads until so many have come. The first commit is what the clock starts at: how long its
     * records took cannot be seen, so they count for nothing.
     *
     * @throws IllegalStateException when nothing comes for a minute
     */
    static Rate of(KafkaConsumer<String, byte[]> reader, int expected) {
        int seen = 0;
        int opened = 0;
        long bytes = 0;
        long first = 0;
        long start = 0;
        long last = System.nanoTime();
        while (seen < expected) {
            ConsumerRecords<String, byte[]> come = reader.poll(POLL);
            long now = System.nanoTime();
            if (come.isEmpty()) {
                checkPatience(now - last, seen, expected);
                continue;
            }
            for (ConsumerRecord<String, byte[]> record : come) {
                bytes += record.value().length;
            }
            seen += come.count();
            last = now;
            first = first == 0 ? now : first;
            boolean opening = now - first < OPENING.toNanos() && seen <= expected / 2;
            if (start == 0 || opening) {
                start = now;
                opened = seen;
            }
        }
        return new Rate(seen - opened, (last - start) / 1e9, (double) bytes / seen);
    }

    private static void checkPatience(long silentNanos, int seen, int expected) {
        if (silentNanos > PATIENCE.toNanos()) {
            throw new IllegalStateException(
                    "Only " + seen + " of " + expected + " records came; see the log");
        }
    }
}

package io.flexir.scheduler.jobs;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Streams takes the record with the smallest timestamp next. Reports count as older than anything,
 * so that a pile of requests never delays the end of a job and the credit that it gives back.
 */
final class ReportsFirst {
    private ReportsFirst() {}

    static final TimestampExtractor REPORTS = new Always(0);

    /** Negative ones, which Streams would drop, included. */
    static final TimestampExtractor REQUESTS =
            (record, partitionTime) -> Math.max(1, record.timestamp());

    private record Always(long millis) implements TimestampExtractor {
        @Override
        public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
            return millis;
        }
    }
}

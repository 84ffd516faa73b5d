package io.flexir.ops.local.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How often each key stands in a topic, by what is committed there. */
public final class TopicCensus {
    private TopicCensus() {}

    /** How many records of a topic were committed before the call. */
    public static long records(String bootstrapServers, String topic) {
        return of(bootstrapServers, topic).values().stream().mapToLong(Integer::longValue).sum();
    }

    /** Reads all that was committed before the call. */
    public static Map<String, Integer> of(String bootstrapServers, String topic) {
        Map<String, Integer> census = new HashMap<>();
        new CommittedRecords(bootstrapServers, Map.of())
                .read(topic, Instant.EPOCH, record -> census.merge(record.key(), 1, Integer::sum));
        return census;
    }
}

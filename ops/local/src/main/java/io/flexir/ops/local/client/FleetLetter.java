package io.flexir.ops.local.client;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A record that could not be read, as a scheduler shows it.
 *
 * @param id as the other commands take it
 * @param topic where the record was read
 * @param key of the record, where it had one
 * @param type its {@code ce_type} header, where it had one
 * @param size of the record's value in bytes
 * @param whole whether nothing of the value was cut off
 * @param at when it was set aside
 * @param data the value; none in lists
 */
public record FleetLetter(
        String id,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String type,
        String reason,
        int size,
        boolean whole,
        Instant at,
        byte @Nullable [] data) {

    /**
     * What came of a replay.
     *
     * @param written false when the job was known already
     */
    public record Replay(String letter, String topic, String jobId, boolean written) {}

    /**
     * Some letters, newest first.
     *
     * @param more whether there are others
     */
    public record Listed(List<FleetLetter> letters, boolean more) {}
}

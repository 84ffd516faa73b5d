package io.flexir.scheduler.api.deadletter;

import io.flexir.contracts.wire.DeadLetter;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A letter without its bytes, of which a page could not hold many.
 *
 * @param topic where the record was read
 * @param partition of that topic
 * @param offset in that partition
 * @param size of the record's value in bytes, as far as it is known
 * @param whole whether nothing of it was cut off
 */
public record LetterSummary(
        LetterId id,
        String topic,
        int partition,
        long offset,
        @Nullable String key,
        @Nullable String type,
        String reason,
        int size,
        boolean whole,
        Instant at) {
    public static LetterSummary of(FoundLetter found) {
        DeadLetter letter = found.letter();
        Integer size = letter.size();
        return new LetterSummary(
                found.id(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.key(),
                letter.type(),
                letter.reason(),
                size == null ? letter.bytes().length : size,
                letter.holdsAll(),
                letter.at());
    }
}

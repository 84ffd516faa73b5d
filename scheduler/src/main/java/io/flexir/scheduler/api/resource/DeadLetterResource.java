package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.api.deadletter.FoundLetter;
import io.flexir.scheduler.api.deadletter.LetterSummary;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Base64;

/** A dead letter ({@code DeadLetter} in the API description). */
public record DeadLetterResource(
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
        @Nullable String data) {
    /** Without its bytes. */
    static DeadLetterResource brief(LetterSummary letter) {
        return of(letter, null);
    }

    /** With its bytes. */
    public static DeadLetterResource whole(FoundLetter found) {
        return of(
                LetterSummary.of(found),
                Base64.getEncoder().encodeToString(found.letter().bytes()));
    }

    private static DeadLetterResource of(LetterSummary letter, @Nullable String data) {
        return new DeadLetterResource(
                letter.id().toString(),
                letter.topic(),
                letter.partition(),
                letter.offset(),
                letter.key(),
                letter.type(),
                letter.reason(),
                letter.size(),
                letter.whole(),
                letter.at(),
                data);
    }
}

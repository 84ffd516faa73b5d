package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.api.deadletter.LetterPage;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** A page of dead letters ({@code DeadLetterPage} in the API description). */
public record DeadLetterPageResource(
        List<DeadLetterResource> letters, @Nullable String nextCursor) {
    public static DeadLetterPageResource of(LetterPage page) {
        return new DeadLetterPageResource(
                page.letters().stream().map(DeadLetterResource::brief).toList(),
                page.next() == null ? null : page.next().toString());
    }
}

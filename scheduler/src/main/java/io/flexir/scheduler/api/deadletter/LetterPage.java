package io.flexir.scheduler.api.deadletter;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Some letters, newest first, without their bytes.
 *
 * @param letters may be fewer than were asked for although there are more
 * @param next where the next page begins; none after the last one
 */
public record LetterPage(List<LetterSummary> letters, @Nullable LetterCursor next) {
    public LetterPage {
        letters = List.copyOf(letters);
    }
}

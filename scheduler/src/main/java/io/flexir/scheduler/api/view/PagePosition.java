package io.flexir.scheduler.api.view;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.Optional;

/**
 * Where a job stands in a list: newest first, then by id. Its text form is the cursor that clients
 * hand back.
 */
public record PagePosition(Instant createdAt, JobId id) implements Comparable<PagePosition> {
    private static final Comparator<PagePosition> ORDER =
            Comparator.comparing(PagePosition::createdAt)
                    .reversed()
                    .thenComparing(PagePosition::id);

    static PagePosition of(RestorationRequest request) {
        return new PagePosition(request.submittedAt(), request.jobId());
    }

    /** Opaque to clients. */
    public String toCursor() {
        String text = createdAt + " " + id;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Reads a cursor; empty when it is none. */
    public static Optional<PagePosition> fromCursor(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int space = text.indexOf(' ');
            if (space < 0) {
                return Optional.empty();
            }
            return Optional.of(
                    new PagePosition(
                            Instant.parse(text.substring(0, space)),
                            new JobId(text.substring(space + 1))));
        } catch (DateTimeException | IllegalArgumentException notACursor) {
            return Optional.empty();
        }
    }

    @Override
    public int compareTo(PagePosition other) {
        return ORDER.compare(this, other);
    }
}

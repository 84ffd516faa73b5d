package io.flexir.scheduler.access;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/** Says who asks. Called for each request on an event loop: it must not block. */
@FunctionalInterface
public interface Callers {
    /** What stands before the key. */
    String SCHEME = "Bearer ";

    /**
     * @param authorization the {@code Authorization} header, null when there is none
     * @return empty when the caller may not ask at all
     */
    Optional<Principal> identify(@Nullable String authorization);

    /** These callers, and those. */
    default Callers or(Callers others) {
        return authorization -> identify(authorization).or(() -> others.identify(authorization));
    }

    /** The key of a header, where there is one. */
    static Optional<String> key(@Nullable String authorization) {
        return Optional.ofNullable(authorization)
                .filter(header -> header.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .map(header -> header.substring(SCHEME.length()).strip());
    }
}

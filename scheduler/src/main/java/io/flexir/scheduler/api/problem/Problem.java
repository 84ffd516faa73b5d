package io.flexir.scheduler.api.problem;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/**
 * Why a request is refused.
 *
 * @param kind what sort of refusal
 * @param detail a sentence about this very request
 * @param errors what is wrong, field by field; may be empty
 * @param retryAfter when trying again makes sense
 */
public record Problem(
        ProblemKind kind, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
    public Problem {
        errors = List.copyOf(errors);
    }

    public static Problem of(ProblemKind kind, String detail) {
        return new Problem(kind, detail, List.of(), null);
    }

    /** A problem with one field, whose detail says the same in a sentence. */
    public static Problem ofField(ProblemKind kind, String field, String problem) {
        return new Problem(
                kind, field + " " + problem, List.of(new FieldError(field, problem)), null);
    }

    public static Problem later(ProblemKind kind, String detail, Duration retryAfter) {
        return new Problem(kind, detail, List.of(), retryAfter);
    }

    /**
     * @param field path as it stands in JSON, such as {@code depth.pointer}
     * @param problem readable after the field's name
     */
    public record FieldError(String field, String problem) {}
}

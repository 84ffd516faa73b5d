package io.flexir.worker.pipeline;

import java.util.function.Function;

/** What one step of a job gave: something for the next step, or the job's end. */
sealed interface Step<T> {
    record Done<T>(T value) implements Step<T> {}

    record Ended<T>(JobEnd end) implements Step<T> {}

    static <T> Step<T> done(T value) {
        return new Done<>(value);
    }

    static <T> Step<T> ended(JobEnd end) {
        return new Ended<>(end);
    }

    /** Goes on with what this step gave, unless the job has ended. */
    default <U> Step<U> then(Function<T, Step<U>> next) {
        return switch (this) {
            case Done<T>(T value) -> next.apply(value);
            case Ended<T>(JobEnd end) -> ended(end);
        };
    }
}

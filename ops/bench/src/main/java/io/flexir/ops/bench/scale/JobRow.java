package io.flexir.ops.bench.scale;

import io.flexir.contracts.job.JobState;
import io.flexir.ops.local.client.Job;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * One job as it ended; times in seconds since the first was submitted.
 *
 * @param granted pointer that it might go to; none if it was never ordered
 * @param used pointer that it went to, the mean over its regions; none if it was not restored
 * @param worker who restored it
 * @param outcomes that were committed
 * @param orders that were committed
 */
public record JobRow(
        String id,
        JobState state,
        double submitted,
        @Nullable Double scheduled,
        @Nullable Double finished,
        @Nullable Integer granted,
        @Nullable Double used,
        boolean degraded,
        @Nullable String worker,
        int outcomes,
        int orders) {
    static JobRow of(Job job, Instant start, int outcomes, int orders) {
        return new JobRow(
                job.id(),
                job.state(),
                seconds(start, job.createdAt()),
                job.scheduledAt() == null ? null : seconds(start, job.scheduledAt()),
                job.finishedAt() == null ? null : seconds(start, job.finishedAt()),
                job.budget() == null ? null : job.budget().target(),
                job.receipt() == null ? null : job.receipt().meanPointer(),
                job.degraded(),
                job.receipt() == null ? null : job.receipt().workerId(),
                outcomes,
                orders);
    }

    /** What it was granted last, if anything. */
    Stream<Dated> grants() {
        return scheduled == null || granted == null
                ? Stream.empty()
                : Stream.of(new Dated(scheduled, granted));
    }

    /** What it went to, if anything. */
    Stream<Dated> uses() {
        return finished == null || used == null
                ? Stream.empty()
                : Stream.of(new Dated(finished, used));
    }

    /** A pointer and when. */
    record Dated(double seconds, double pointer) {}

    private static double seconds(Instant start, Instant then) {
        return Duration.between(start, then).toMillis() / 1e3;
    }
}

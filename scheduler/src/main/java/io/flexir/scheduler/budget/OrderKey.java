package io.flexir.scheduler.budget;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * A job's place in the queue: who is due first, then the better class, then who asked first. A job
 * without a deadline is due a while after it was submitted, by its class, so that everybody's turn
 * comes. It never changes while the job waits, so that a heap may be kept by it.
 *
 * @param dueMillis epoch milliseconds
 * @param submittedMillis epoch milliseconds
 */
public record OrderKey(long dueMillis, PriorityClass priority, long submittedMillis, JobId jobId)
        implements Comparable<OrderKey> {
    private static final Comparator<OrderKey> ORDER =
            Comparator.comparingLong(OrderKey::dueMillis)
                    .thenComparing(OrderKey::priority)
                    .thenComparingLong(OrderKey::submittedMillis)
                    .thenComparing(OrderKey::jobId);

    public static OrderKey of(RestorationRequest request) {
        Instant deadline = request.terms().deadline();
        PriorityClass priority = request.terms().priority();
        long submitted = saturatedMillis(request.submittedAt());
        return new OrderKey(
                deadline == null
                        ? saturatedSum(submitted, patience(priority).toMillis())
                        : saturatedMillis(deadline),
                priority,
                submitted,
                request.jobId());
    }

    @Override
    public int compareTo(OrderKey other) {
        return ORDER.compare(this, other);
    }

    private static Duration patience(PriorityClass priority) {
        return switch (priority) {
            case INTERACTIVE -> Duration.ofSeconds(30);
            case STANDARD -> Duration.ofMinutes(10);
            case BULK -> Duration.ofHours(1);
        };
    }

    private static long saturatedSum(long millis, long more) {
        return millis > Long.MAX_VALUE - more ? Long.MAX_VALUE : millis + more;
    }

    /** A client may write any instant, also one beyond what milliseconds can hold. */
    static long saturatedMillis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException tooFar) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}

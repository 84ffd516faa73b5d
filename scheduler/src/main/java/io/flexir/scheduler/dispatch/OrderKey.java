package io.flexir.scheduler.dispatch;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;

import java.time.Instant;
import java.util.Comparator;

/**
 * A job's place in the queue: the class first, then the nearest deadline, then who asked first. It
 * never changes while the job waits, so that a heap may be kept by it.
 *
 * @param deadlineMillis epoch milliseconds, the largest long where there is none
 * @param submittedMillis epoch milliseconds
 */
public record OrderKey(
        PriorityClass priority, long deadlineMillis, long submittedMillis, JobId jobId)
        implements Comparable<OrderKey> {
    private static final Comparator<OrderKey> ORDER =
            Comparator.comparing(OrderKey::priority)
                    .thenComparingLong(OrderKey::deadlineMillis)
                    .thenComparingLong(OrderKey::submittedMillis)
                    .thenComparing(OrderKey::jobId);

    public static OrderKey of(RestorationRequest request) {
        Instant deadline = request.terms().deadline();
        return new OrderKey(
                request.terms().priority(),
                deadline == null ? Long.MAX_VALUE : saturatedMillis(deadline),
                saturatedMillis(request.submittedAt()),
                request.jobId());
    }

    @Override
    public int compareTo(OrderKey other) {
        return ORDER.compare(this, other);
    }

    /** A client may write any instant, also one beyond what milliseconds can hold. */
    private static long saturatedMillis(Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException tooFar) {
            return instant.getEpochSecond() < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}

package io.flexir.scheduler.budget;

import io.flexir.contracts.request.TenantId;

import java.util.Comparator;

/**
 * A tenant's place among those whose jobs wait. Who was granted less work for its weight goes
 * first; within a stretch of {@link #STRETCH_SECONDS} that counts as the same, and the more urgent
 * job decides.
 *
 * @param stretch of the work granted so far
 * @param head the tenant's best job
 */
public record Turn(long stretch, OrderKey head, TenantId tenant) implements Comparable<Turn> {
    /** Worker-seconds at a weight of 1. */
    public static final double STRETCH_SECONDS = 5;

    private static final Comparator<Turn> ORDER =
            Comparator.comparingLong(Turn::stretch)
                    .thenComparing(Turn::head)
                    .thenComparing(turn -> turn.tenant().value());

    /**
     * @param grantedSeconds worker-seconds over the tenant's weight
     */
    public static Turn of(double grantedSeconds, OrderKey head, TenantId tenant) {
        return new Turn((long) (grantedSeconds / STRETCH_SECONDS), head, tenant);
    }

    @Override
    public int compareTo(Turn other) {
        return ORDER.compare(this, other);
    }
}

package io.flexir.scheduler.budget;

/**
 * What a tenant is entitled to.
 *
 * @param weight its share of the fleet is this over the weights of all who compete
 * @param maxWaitingJobs jobs that may wait; one more is refused
 * @param maxWaitingSeconds worker-seconds that may wait, each job at its floor; no more is taken
 *     past that
 */
public record TenantTerms(double weight, int maxWaitingJobs, double maxWaitingSeconds) {
    /** An equal share, and no quota. */
    public static final TenantTerms EQUAL =
            new TenantTerms(1, Integer.MAX_VALUE, Double.POSITIVE_INFINITY);

    public TenantTerms {
        if (!(weight > 0) || maxWaitingJobs < 1 || !(maxWaitingSeconds > 0)) {
            throw new IllegalArgumentException(
                    "weight, maxWaitingJobs and maxWaitingSeconds must be above 0, are "
                            + weight
                            + ", "
                            + maxWaitingJobs
                            + ", "
                            + maxWaitingSeconds);
        }
    }
}

package io.flexir.scheduler.budget;

/**
 * The load at the moment of one job's grant.
 *
 * @param deepest the largest n of all models, which levels are counted in
 * @param service how long jobs take
 * @param price what a worker-second is worth to those who wait and are to come, in dB: the gain
 *     that the last second of the fleet's work will have
 * @param spareSeconds worker-seconds that the job may take beyond its floor without making anybody
 *     behind it late; infinite while nobody waits
 */
public record Load(int deepest, ServiceTime service, double price, double spareSeconds) {
    /** Nobody else waits. */
    public static Load idle(int deepest, ServiceTime service) {
        return new Load(deepest, service, 0, Double.POSITIVE_INFINITY);
    }
}

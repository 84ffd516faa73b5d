package io.flexir.scheduler.costs;

/**
 * What was used, or would have been.
 *
 * @param gigaMacs true multiply-adds in 10^9
 * @param seconds that workers were at it
 * @param joules energy
 */
public record Use(double gigaMacs, double seconds, double joules) {
    public static final Use NONE = new Use(0, 0, 0);

    Use plus(Use other) {
        return new Use(gigaMacs + other.gigaMacs, seconds + other.seconds, joules + other.joules);
    }
}

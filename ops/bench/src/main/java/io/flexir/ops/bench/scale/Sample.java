package io.flexir.ops.bench.scale;

/**
 * The fleet at one moment.
 *
 * @param seconds since the first job was submitted
 * @param queued jobs that wait for an order
 * @param out orders that are out
 * @param secondsAtFloor that one worker would need for all of them at their floors
 * @param secondsAtFullDepth the same at full depth
 * @param desired workers that the scheduler wants
 * @param ready workers that it hears of
 * @param working processes that are not draining
 * @param draining processes that finish what they hold
 */
public record Sample(
        double seconds,
        int queued,
        int out,
        double secondsAtFloor,
        double secondsAtFullDepth,
        int desired,
        int ready,
        int working,
        int draining) {
    /** Jobs that have not ended. */
    public int jobs() {
        return queued + out;
    }
}

package io.flexir.scheduler.load;

/**
 * The work of the whole fleet at one moment, in seconds of one slot.
 *
 * @param queued jobs that wait for an order
 * @param out jobs whose order is out
 * @param secondsAtFloor of all of them, the queued ones run at their floors
 * @param secondsAtFullDepth the same, the queued ones run as deep as they may
 * @param arrivingAtFloor seconds of work that come in each second, run at their floors
 * @param arrivingAtFullDepth the same, run as deep as they may
 */
public record WorkAhead(
        int queued,
        int out,
        double secondsAtFloor,
        double secondsAtFullDepth,
        double arrivingAtFloor,
        double arrivingAtFullDepth) {
    /** Nothing is to be done. */
    public static final WorkAhead NOTHING = new WorkAhead(0, 0, 0, 0, 0, 0);

    /** Both of it. */
    WorkAhead plus(WorkAhead other) {
        return new WorkAhead(
                queued + other.queued,
                out + other.out,
                secondsAtFloor + other.secondsAtFloor,
                secondsAtFullDepth + other.secondsAtFullDepth,
                arrivingAtFloor + other.arrivingAtFloor,
                arrivingAtFullDepth + other.arrivingAtFullDepth);
    }

    /** Jobs that have not ended. */
    public int jobs() {
        return queued + out;
    }
}

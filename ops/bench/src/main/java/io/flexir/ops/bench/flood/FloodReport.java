package io.flexir.ops.bench.flood;

import java.util.List;
import java.util.Map;

/**
 * What a flood did.
 *
 * @param offered submissions that were due
 * @param sent of them; for the others no connection was free
 * @param sendSeconds from the first to the last answer
 * @param accepted acknowledged with 202
 * @param refused 429 and 503 that said when to come back, by reason
 * @param wrong all other answers, and none at all, by kind
 * @param longestRetryAfterSeconds that was said
 * @param p50Millis to an answer
 * @param p99Millis to an answer
 * @param lost acknowledged jobs without an outcome
 * @param doubled acknowledged jobs with more than one
 * @param succeeded acknowledged jobs that were restored
 * @param jobsPerSecond that the fleet did, from the first submission until all were done
 * @param recovered whether a job that came after all that was taken at once and restored
 * @param memory by process
 */
public record FloodReport(
        long offered,
        long sent,
        double sendSeconds,
        long accepted,
        Map<String, Long> refused,
        Map<String, Long> wrong,
        int longestRetryAfterSeconds,
        double p50Millis,
        double p99Millis,
        long lost,
        long doubled,
        long succeeded,
        double jobsPerSecond,
        boolean recovered,
        List<Memory> memory) {
    public FloodReport {
        refused = Map.copyOf(refused);
        wrong = Map.copyOf(wrong);
        memory = List.copyOf(memory);
    }

    /**
     * Resident memory of one process, MiB.
     *
     * @param before with nothing to do
     * @param peak at any time
     * @param after all was done
     */
    public record Memory(String process, double before, double peak, double after) {}

    /** Every answer was honest, and everything that was acknowledged was done once. */
    public boolean asPromised() {
        return wrong.isEmpty() && lost == 0 && doubled == 0 && recovered;
    }
}

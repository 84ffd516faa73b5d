package io.flexir.scheduler.budget;

/**
 * How long one slot works on a job: {@code overheadSeconds + GMACs / gigaMacsPerSecond}.
 *
 * @param overheadSeconds what every job takes, whatever its size
 * @param gigaMacsPerSecond of one slot
 */
public record ServiceTime(double overheadSeconds, double gigaMacsPerSecond) {
    public ServiceTime {
        if (!(overheadSeconds >= 0 && gigaMacsPerSecond > 0)) {
            throw new IllegalArgumentException(
                    "overhead " + overheadSeconds + " s, " + gigaMacsPerSecond + " GMAC/s");
        }
    }

    /** Seconds of a run to a pointer. */
    public double seconds(JobFacts job, int pointer) {
        return overheadSeconds + job.gigaMacs(pointer) / gigaMacsPerSecond;
    }
}

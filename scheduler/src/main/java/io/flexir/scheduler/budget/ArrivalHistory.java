package io.flexir.scheduler.budget;

/**
 * What came lately of jobs with about the same time to their deadlines. In the next {@code t}
 * seconds as much is expected as came in the last {@code t}, whatever {@code t} is: a burst that
 * began ten seconds ago counts with ten more, what comes every five minutes comes again, and a
 * silence goes on for as long as it has lasted. The kind of work is that of the last minutes. Not
 * thread-safe.
 */
final class ArrivalHistory {
    private static final double MIX_SECONDS = 300;

    /** Each twice as long as the one before. */
    private static final double[] SPANS = {1.25, 2.5, 5, 10, 20, 40, 80, 160, 320};

    private static final int A_MINUTE = 6;

    private final WorkByGain mix = new WorkByGain();

    /** Worker-seconds at the floor that came within each span, exponentially forgotten. */
    private final double[] came = new double[SPANS.length];

    private double at = Double.NaN;
    private double firstAt = Double.NaN;

    void arrived(JobFacts job, ServiceTime service, double nowSeconds) {
        passUntil(nowSeconds);
        mix.add(job, service, 1);
        double floor = service.seconds(job, job.least());
        for (int span = 0; span < SPANS.length; span++) {
            came[span] += floor;
        }
    }

    /** Lets time pass. By a clock that was set back it goes on from there. */
    void passUntil(double nowSeconds) {
        double passed = nowSeconds - at;
        if (passed > 0) {
            mix.scale(Math.exp(-passed / MIX_SECONDS));
            for (int span = 0; span < SPANS.length; span++) {
                came[span] *= Math.exp(-passed / SPANS[span]);
            }
        } else if (SetBack.between(at, nowSeconds)) {
            firstAt += passed;
            at = nowSeconds;
        }
        firstAt = Double.isNaN(firstAt) ? nowSeconds : firstAt;
        at = Double.isNaN(at) ? nowSeconds : Math.max(at, nowSeconds);
    }

    /** Adds the work that is expected between two moments, in seconds from now. */
    void expect(double from, double until, WorkByGain into) {
        double floors = mix.floors();
        double more = floors > 0 ? expected(until) - expected(from) : 0;
        if (more > 0) {
            into.add(mix, more / floors);
        }
    }

    /** Worker-seconds at full depth that came a second, over the last minute or so. */
    double workPerSecond() {
        double seconds = SPANS[A_MINUTE] * -Math.expm1((firstAt - at - 1) / SPANS[A_MINUTE]);
        return mix.floors() > 0 ? came[A_MINUTE] / seconds * mix.all() / mix.floors() : 0;
    }

    private double expected(double seconds) {
        double before = 0;
        double beforeSeconds = 0;
        for (int span = 0; span < SPANS.length && seconds > beforeSeconds; span++) {
            if (seconds < SPANS[span]) {
                double share = (seconds - beforeSeconds) / (SPANS[span] - beforeSeconds);
                return before + share * (came[span] - before);
            }
            before = came[span];
            beforeSeconds = SPANS[span];
        }
        return before;
    }
}

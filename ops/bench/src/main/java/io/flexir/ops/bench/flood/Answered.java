package io.flexir.ops.bench.flood;

import org.HdrHistogram.Histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** What clients were answered. Not thread-safe: belongs to one event loop, then to who waited. */
final class Answered {
    private static final long LONGEST_MICROS = TimeUnit.MINUTES.toMicros(2);

    final List<String> taken = new ArrayList<>();
    final Map<String, Long> refused = new TreeMap<>();
    final Map<String, Long> wrong = new TreeMap<>();
    final Histogram micros = new Histogram(LONGEST_MICROS, 2);
    long sent;
    long notSent;
    int longestRetryAfterSeconds;

    void taken(String id) {
        taken.add(id);
    }

    /** Told no, and when to come back. */
    void refused(String why, int retryAfterSeconds) {
        refused.merge(why, 1L, Long::sum);
        longestRetryAfterSeconds = Math.max(longestRetryAfterSeconds, retryAfterSeconds);
    }

    /** Neither taken nor honestly refused. */
    void wrong(String what) {
        wrong.merge(what, 1L, Long::sum);
    }

    void after(long nanos) {
        micros.recordValue(Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 0, LONGEST_MICROS));
    }

    double millisAtPercentile(double percentile) {
        return micros.getValueAtPercentile(percentile) / 1e3;
    }
}

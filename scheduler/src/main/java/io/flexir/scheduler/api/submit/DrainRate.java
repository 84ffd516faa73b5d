package io.flexir.scheduler.api.submit;

import io.flexir.scheduler.budget.SetBack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How fast jobs have ended in the last minute, to tell whoever is refused when there will be room.
 * It is told the time and how many have ended. Thread-safe.
 */
final class DrainRate {
    /** Said before anything is known. */
    static final Duration UNKNOWN = Duration.ofSeconds(5);

    private static final double SHORTEST_SECONDS = 1;
    private static final double LONGEST_SECONDS = 60;
    private static final Duration MEMORY = Duration.ofSeconds(60);
    private static final Duration SPACING = Duration.ofSeconds(1);

    private final Deque<Sample> samples = new ArrayDeque<>();

    private record Sample(long ended, Instant at) {}

    /** So many jobs have ended until now. Cheap enough for every request. */
    synchronized void seen(long ended, Instant now) {
        if (!samples.isEmpty() && SetBack.between(samples.getLast().at(), now)) {
            samples.clear();
        }
        if (!samples.isEmpty() && now.isBefore(samples.getLast().at().plus(SPACING))) {
            return;
        }
        samples.addLast(new Sample(ended, now));
        while (samples.size() > 1 && samples.getFirst().at().isBefore(now.minus(MEMORY))) {
            samples.removeFirst();
        }
    }

    /** Time until so many jobs more have ended, if they end as before: 1 to 60 s, whole seconds. */
    synchronized Duration until(int jobs) {
        if (samples.size() < 2) {
            return UNKNOWN;
        }
        Sample first = samples.getFirst();
        Sample last = samples.getLast();
        double seconds = Duration.between(first.at(), last.at()).toMillis() / 1e3;
        double perSecond = (double) (last.ended() - first.ended()) / seconds;
        double wait = Math.ceil(jobs / perSecond);
        return Duration.ofSeconds((long) Math.clamp(wait, SHORTEST_SECONDS, LONGEST_SECONDS));
    }
}

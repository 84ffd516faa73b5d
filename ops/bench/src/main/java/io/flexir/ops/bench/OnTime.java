package io.flexir.ops.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/**
 * Many clients that ask at their own times: one that is answered slowly does not hold up the next.
 */
public final class OnTime {
    private static final int CLIENTS = 16;

    private OnTime() {}

    /**
     * Asks once at each time, and blocks until all were answered.
     *
     * @param times from now
     * @param ask what is asked, by its place in {@code times}
     * @return the answers, in the order of {@code times}
     */
    public static <T> List<T> ask(List<Duration> times, IntFunction<T> ask) {
        try (ScheduledExecutorService clients = Executors.newScheduledThreadPool(CLIENTS)) {
            List<ScheduledFuture<T>> answers = new ArrayList<>();
            for (int i = 0; i < times.size(); i++) {
                int place = i;
                answers.add(
                        clients.schedule(
                                () -> ask.apply(place),
                                times.get(i).toNanos(),
                                TimeUnit.NANOSECONDS));
            }
            return answers.stream().map(OnTime::result).toList();
        }
    }

    private static <T> T result(ScheduledFuture<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a job could not be submitted", e.getCause());
        }
    }
}

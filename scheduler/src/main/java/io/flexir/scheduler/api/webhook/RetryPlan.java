package io.flexir.scheduler.api.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * When a message is sent again that did not arrive: after these waits, each up to a fifth longer or
 * shorter, so that receivers which were away are not all called at once.
 *
 * @param waits after the first try, the second, and so on; past the last it is given up
 */
public record RetryPlan(List<Duration> waits) {
    /** Over 17 hours, as Standard Webhooks proposes. */
    public static final RetryPlan DEFAULT =
            new RetryPlan(
                    List.of(
                            Duration.ofSeconds(5),
                            Duration.ofMinutes(5),
                            Duration.ofMinutes(30),
                            Duration.ofHours(2),
                            Duration.ofHours(5),
                            Duration.ofHours(10)));

    private static final double JITTER = 0.2;

    public RetryPlan {
        waits = List.copyOf(waits);
    }

    /**
     * How long to wait after so many tries.
     *
     * @param atLeast what the receiver asked for
     * @param chance from 0 to 1
     * @return empty when it is given up
     */
    Optional<Duration> after(int attempts, Duration atLeast, DoubleSupplier chance) {
        if (attempts > waits.size()) {
            return Optional.empty();
        }
        double share = 1 + JITTER * (2 * chance.getAsDouble() - 1);
        Duration wait = Duration.ofMillis(Math.round(waits.get(attempts - 1).toMillis() * share));
        return Optional.of(wait.compareTo(atLeast) < 0 ? atLeast : wait);
    }
}

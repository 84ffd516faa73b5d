package io.flexir.ops.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

class SetClockTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir private Path directory;

    @Test
    void it_is_the_systems_until_it_is_set() {
        Clock clock = SetClock.of(SetClock.environment(directory.resolve("none.clock")));

        assertThat(clock.instant()).isCloseTo(Instant.now(), within(10, ChronoUnit.SECONDS));
        assertThat(SetClock.of(Map.of())).isEqualTo(Clock.systemUTC());
    }

    @Test
    void it_goes_forward_and_back_and_right_again_while_somebody_lives_by_it() {
        Path file = directory.resolve("worker.clock");
        Clock clock = SetClock.of(SetClock.environment(file));

        SetClock.set(file, Duration.ofHours(1));
        await().atMost(PATIENCE).until(() -> minutesAhead(clock) > 50);
        SetClock.set(file, Duration.ofHours(-1));
        await().atMost(PATIENCE).until(() -> minutesAhead(clock) < -50);
        SetClock.set(file, Duration.ZERO);

        await().atMost(PATIENCE).until(() -> Math.abs(minutesAhead(clock)) < 10);
    }

    private static long minutesAhead(Clock clock) {
        return Duration.between(Instant.now(), clock.instant()).toMinutes();
    }
}

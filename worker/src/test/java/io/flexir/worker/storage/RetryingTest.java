package io.flexir.worker.storage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

class RetryingTest {
    private static final Backoff QUICK = new Backoff(3, Duration.ofNanos(1), Duration.ofNanos(2));

    private final AtomicInteger tries = new AtomicInteger();

    @Test
    void tries_again_until_the_outcome_is_final() {
        int outcome = new Retrying(QUICK).until(tries::incrementAndGet, number -> number == 2);

        assertThat(outcome).isEqualTo(2);
    }

    @Test
    void gives_the_last_outcome_when_the_tries_are_used_up() {
        int outcome = new Retrying(QUICK).until(tries::incrementAndGet, number -> false);

        assertThat(outcome).isEqualTo(3);
    }

    @Test
    void waits_twice_as_long_each_time_up_to_a_bound() {
        Backoff backoff = new Backoff(9, Duration.ofMillis(100), Duration.ofMillis(500));

        assertThat(backoff.after(1)).hasMillis(100);
        assertThat(backoff.after(3)).hasMillis(400);
        assertThat(backoff.after(4)).hasMillis(500);
        assertThat(backoff.after(1000)).hasMillis(500);
    }
}

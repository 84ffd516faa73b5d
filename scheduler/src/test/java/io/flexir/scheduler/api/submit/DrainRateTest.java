package io.flexir.scheduler.api.submit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class DrainRateTest {
    private static final Instant START = Instant.EPOCH;
    private final DrainRate drain = new DrainRate();

    @Test
    void before_anything_is_known_some_seconds_are_said() {
        drain.seen(0, START);

        assertThat(drain.until(10)).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void the_wait_is_what_so_many_jobs_take_to_end() {
        drain.seen(100, START);
        drain.seen(150, START.plusSeconds(10));

        assertThat(drain.until(20)).isEqualTo(Duration.ofSeconds(4));
        assertThat(drain.until(21)).isEqualTo(Duration.ofSeconds(5));
        assertThat(drain.until(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(drain.until(100_000)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void where_nothing_ends_the_longest_is_said() {
        drain.seen(100, START);
        drain.seen(100, START.plusSeconds(10));

        assertThat(drain.until(1)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void what_was_before_the_last_minute_does_not_count() {
        drain.seen(0, START);
        drain.seen(10_000, START.plusSeconds(10));
        for (int second = 11; second <= 90; second++) {
            drain.seen(10_000 + second - 10, START.plusSeconds(second));
        }

        assertThat(drain.until(10)).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void after_a_clock_was_set_back_it_is_told_by_that() {
        drain.seen(100, START);
        drain.seen(101, START.plusSeconds(10));
        Instant setBack = START.minusSeconds(3600);

        drain.seen(101, setBack);
        assertThat(drain.until(10)).isEqualTo(DrainRate.UNKNOWN);
        drain.seen(151, setBack.plusSeconds(10));

        assertThat(drain.until(20)).isEqualTo(Duration.ofSeconds(4));
    }
}

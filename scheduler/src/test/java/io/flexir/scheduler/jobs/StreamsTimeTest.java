package io.flexir.scheduler.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

class StreamsTimeTest {
    private static final Instant START = Instant.parse("2026-11-26T08:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final StreamsTime time = new StreamsTime(now::get);

    @Test
    void it_begins_with_the_hour() {
        assertThat(time.milliseconds())
                .isBetween(START.toEpochMilli(), START.plusSeconds(60).toEpochMilli());
    }

    @Test
    void it_goes_on_as_time_passes_whatever_the_clock_is_set_to() {
        long before = time.milliseconds();

        now.set(START.minus(Duration.ofHours(1)));
        long setBack = time.milliseconds();
        now.set(START.plus(Duration.ofHours(1)));
        long setForward = time.milliseconds();

        assertThat(setBack).isBetween(before, before + 60_000);
        assertThat(setForward).isBetween(setBack, setBack + 60_000);
    }
}

package io.flexir.ops.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class BackoffTest {
    @Test
    void what_ends_soon_is_waited_for_twice_as_long_each_time_up_to_a_minute() {
        Backoff backoff = Backoff.NONE_YET;
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            backoff = backoff.ended(Duration.ofSeconds(3));

            assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(seconds));
            backoff = backoff.startedAgain();
        }
    }

    @Test
    void what_ran_for_long_is_started_again_soon() {
        Backoff tired = new Backoff(Backoff.LONGEST);

        assertThat(tired.ended(Backoff.STEADY).next()).isEqualTo(Backoff.SHORTEST);
    }
}

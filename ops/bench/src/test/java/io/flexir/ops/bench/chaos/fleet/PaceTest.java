package io.flexir.ops.bench.chaos.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.ops.bench.chaos.plan.Place;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class PaceTest {
    private final Pace pace = new Pace(Duration.ofSeconds(30));

    @Test
    void a_place_is_struck_again_after_a_job_has_ended() {
        assertThat(pace.mayStrike(Place.BROKER, 0, Duration.ZERO)).isTrue();
        pace.struck(Place.BROKER, 0, Duration.ZERO);

        assertThat(pace.mayStrike(Place.BROKER, 0, Duration.ofSeconds(29))).isFalse();
        assertThat(pace.mayStrike(Place.BROKER, 1, Duration.ZERO)).isTrue();
        assertThat(pace.mayStrike(Place.STORE, 0, Duration.ZERO)).isTrue();
    }

    @Test
    void a_fleet_that_ends_nothing_is_struck_all_the_same_but_later() {
        pace.struck(Place.BROKER, 5, Duration.ZERO);

        assertThat(pace.mayStrike(Place.BROKER, 5, Duration.ofSeconds(30))).isTrue();
        pace.struck(Place.BROKER, 5, Duration.ofSeconds(30));

        assertThat(pace.held()).isEqualTo(Duration.ofSeconds(30));
    }
}

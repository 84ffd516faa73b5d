package io.flexir.worker.restore.anytime;

import static io.flexir.worker.restore.anytime.StepDecision.ABANDON;
import static io.flexir.worker.restore.anytime.StepDecision.CONTINUE;
import static io.flexir.worker.restore.anytime.StepDecision.TAKE_BRANCH;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.work.PointerBudget;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.Collections;
import java.util.List;

/** A model whose every graph takes one second for the one pixel of a wave. */
class AnytimeTest {
    private static final PixelSeconds SPEEDS =
            new PixelSeconds(1, Collections.nCopies(6, 1.0), Collections.nCopies(6, 1.0));
    private static final PointerBudget BUDGET = new PointerBudget(2, 5);

    @Test
    void without_a_deadline_goes_to_the_target() {
        assertThat(Anytime.decide(4, BUDGET)).isEqualTo(CONTINUE);
        assertThat(Anytime.decide(5, BUDGET)).isEqualTo(TAKE_BRANCH);
    }

    @ParameterizedTest
    @EnumSource
    void with_time_to_spare_goes_to_the_target(OnMiss onMiss) {
        assertThat(List.of(decide(0, onMiss, 100), decide(4, onMiss, 100), decide(5, onMiss, 100)))
                .containsExactly(CONTINUE, CONTINUE, TAKE_BRANCH);
    }

    @ParameterizedTest
    @EnumSource
    void takes_the_branch_when_one_stage_more_would_come_late(OnMiss onMiss) {
        assertThat(decide(3, onMiss, 2.0)).isEqualTo(CONTINUE);
        assertThat(decide(3, onMiss, 1.9)).isEqualTo(TAKE_BRANCH);
    }

    @ParameterizedTest
    @EnumSource
    void never_stops_under_min_while_min_comes_in_time(OnMiss onMiss) {
        assertThat(decide(1, onMiss, 2.0)).isEqualTo(CONTINUE);
    }

    @Test
    void degrade_finishes_at_min_when_even_that_is_late() {
        assertThat(
                        List.of(
                                decide(0, OnMiss.DEGRADE, -1),
                                decide(1, OnMiss.DEGRADE, -1),
                                decide(2, OnMiss.DEGRADE, -1)))
                .containsExactly(CONTINUE, CONTINUE, TAKE_BRANCH);
    }

    @Test
    void fail_gives_up_as_soon_as_min_would_come_late() {
        assertThat(decide(0, OnMiss.FAIL, 2.9)).isEqualTo(ABANDON);
        assertThat(decide(0, OnMiss.FAIL, 3.0)).isEqualTo(CONTINUE);
        assertThat(decide(4, OnMiss.FAIL, 0.9)).isEqualTo(ABANDON);
    }

    @Test
    void late_runs_to_the_target_when_even_min_comes_late() {
        assertThat(
                        List.of(
                                decide(0, OnMiss.LATE, -1),
                                decide(4, OnMiss.LATE, -1),
                                decide(5, OnMiss.LATE, -1)))
                .containsExactly(CONTINUE, CONTINUE, TAKE_BRANCH);
    }

    @Test
    void later_waves_encoding_and_storing_are_kept_time_for() {
        TimeLimit limit = new TimeLimit(Duration.ZERO, Duration.ofMillis(500), OnMiss.DEGRADE);

        Forecast forecast = Forecast.of(SPEEDS, 3, BUDGET, 2, 10, limit);

        double laterWavesAtMin = 10 * (1 + 2 + 1);
        assertThat(forecast.soonest()).isCloseTo(2 * 1 + laterWavesAtMin + 0.5, within(1e-9));
        assertThat(forecast.oneMoreStage()).isCloseTo(2 * 2 + laterWavesAtMin + 0.5, within(1e-9));
    }

    @Test
    void under_min_the_soonest_end_is_min() {
        TimeLimit limit = new TimeLimit(Duration.ZERO, Duration.ZERO, OnMiss.DEGRADE);

        Forecast forecast = Forecast.of(SPEEDS, 0, BUDGET, 1, 0, limit);

        assertThat(forecast.soonest()).isCloseTo(2 + 1, within(1e-9));
    }

    private static StepDecision decide(int pointer, OnMiss onMiss, double secondsLeft) {
        TimeLimit limit = new TimeLimit(Duration.ZERO, Duration.ZERO, onMiss);
        return Anytime.decide(
                pointer,
                BUDGET,
                onMiss,
                secondsLeft,
                Forecast.of(SPEEDS, pointer, BUDGET, 1, 0, limit));
    }
}

package io.flexir.scheduler.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;

class PriceStepsTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final PriceSteps TOLD = PriceSteps.NONE.seeing(1.0, START);

    @Test
    void the_first_price_is_told_and_nothing_is_not() {
        assertThat(TOLD).isEqualTo(new PriceSteps(1.0, START));
        assertThat(PriceSteps.NONE.seeing(0, START)).isSameAs(PriceSteps.NONE);
    }

    @Test
    void a_price_that_moves_by_less_than_a_quarter_is_the_same() {
        Instant later = START.plus(PriceSteps.REST);

        assertThat(TOLD.seeing(1.24, later)).isSameAs(TOLD);
        assertThat(TOLD.seeing(0.81, later)).isSameAs(TOLD);
        assertThat(TOLD.seeing(1.25, later).price()).isEqualTo(1.25);
        assertThat(TOLD.seeing(0.79, later).price()).isEqualTo(0.79);
        assertThat(TOLD.seeing(0, later).price()).isZero();
    }

    @Test
    void steps_are_a_while_apart() {
        Instant tooSoon = START.plus(PriceSteps.REST).minusMillis(1);

        assertThat(TOLD.seeing(9, tooSoon)).isSameAs(TOLD);
    }

    @Test
    void a_clock_that_was_set_back_holds_no_step_up() {
        Instant setBack = START.minusSeconds(3600);

        assertThat(TOLD.seeing(9, setBack)).isEqualTo(new PriceSteps(9, setBack));
        assertThat(TOLD.seeing(9, START.minusSeconds(9))).isSameAs(TOLD);
    }
}

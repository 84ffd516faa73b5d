package io.flexir.scheduler.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;

class RetryBudgetTest {
    private static final Instant START = Requests.START;

    @Test
    void what_was_saved_is_there_at_once() {
        RetryBudget budget = new RetryBudget(0.2);

        for (int i = 0; i < (int) RetryBudget.MOST_SAVED; i++) {
            assertThat(budget.take(START)).contains(Duration.ZERO);
        }

        assertThat(budget.take(START)).contains(Duration.ofSeconds(1));
        assertThat(budget.take(START)).contains(Duration.ofSeconds(2));
    }

    @Test
    void none_is_taken_from_farther_ahead_than_a_minute() {
        RetryBudget budget = spent(0.2);

        for (int i = 0; i < RetryBudget.FARTHEST.toSeconds(); i++) {
            assertThat(budget.take(START)).isPresent();
        }

        assertThat(budget.take(START)).isEmpty();
        assertThat(budget.take(START.plusSeconds(1))).contains(RetryBudget.FARTHEST);
    }

    @Test
    void first_orders_pay_their_share() {
        RetryBudget budget = spent(0.25);

        for (int i = 0; i < 8; i++) {
            budget.firstOrder(START);
        }

        assertThat(budget.take(START)).contains(Duration.ZERO);
        assertThat(budget.take(START)).contains(Duration.ZERO);
        assertThat(budget.take(START)).contains(Duration.ofSeconds(1));
    }

    @Test
    void time_pays_one_a_second_and_no_more_is_saved_than_may_be() {
        RetryBudget budget = spent(0);

        Instant later = START.plusSeconds(2);
        assertThat(budget.take(later)).contains(Duration.ZERO);
        assertThat(budget.take(later)).contains(Duration.ZERO);
        assertThat(budget.take(later)).contains(Duration.ofSeconds(1));

        Instant muchLater = START.plusSeconds(100_000);
        for (int i = 0; i < (int) RetryBudget.MOST_SAVED; i++) {
            assertThat(budget.take(muchLater)).contains(Duration.ZERO);
        }
        assertThat(budget.take(muchLater)).contains(Duration.ofSeconds(1));
    }

    @Test
    void a_thread_that_looked_at_the_clock_earlier_pays_nothing() {
        RetryBudget budget = spent(0);

        assertThat(budget.take(START.minusSeconds(5))).contains(Duration.ofSeconds(1));
        assertThat(budget.take(START)).contains(Duration.ofSeconds(2));
    }

    @Test
    void after_a_clock_was_set_back_time_pays_as_before() {
        RetryBudget budget = spent(0);
        Instant setBack = START.minusSeconds(3600);

        assertThat(budget.take(setBack)).as("nothing for the step").contains(Duration.ofSeconds(1));
        assertThat(budget.take(setBack.plusSeconds(2))).contains(Duration.ZERO);
        assertThat(budget.take(setBack.plusSeconds(2))).contains(Duration.ofSeconds(1));
    }

    private static RetryBudget spent(double share) {
        RetryBudget budget = new RetryBudget(share);
        for (int i = 0; i < (int) RetryBudget.MOST_SAVED; i++) {
            budget.take(START);
        }
        return budget;
    }
}

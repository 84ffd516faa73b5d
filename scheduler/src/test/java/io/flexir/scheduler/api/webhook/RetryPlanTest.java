package io.flexir.scheduler.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

class RetryPlanTest {
    private final RetryPlan plan =
            new RetryPlan(List.of(Duration.ofSeconds(10), Duration.ofSeconds(100)));

    @Test
    void waits_grow_and_end() {
        assertThat(plan.after(1, Duration.ZERO, () -> 0.5)).contains(Duration.ofSeconds(10));
        assertThat(plan.after(2, Duration.ZERO, () -> 0.5)).contains(Duration.ofSeconds(100));
        assertThat(plan.after(3, Duration.ZERO, () -> 0.5)).isEmpty();
    }

    @Test
    void chance_makes_them_a_fifth_shorter_or_longer() {
        assertThat(plan.after(1, Duration.ZERO, () -> 0)).contains(Duration.ofSeconds(8));
        assertThat(plan.after(1, Duration.ZERO, () -> 1)).contains(Duration.ofSeconds(12));
    }

    @Test
    void what_the_receiver_asked_for_is_waited_for() {
        assertThat(plan.after(1, Duration.ofSeconds(60), () -> 0.5))
                .contains(Duration.ofSeconds(60));
        assertThat(plan.after(1, Duration.ofSeconds(2), () -> 0.5))
                .contains(Duration.ofSeconds(10));
    }

    @Test
    void the_usual_plan_goes_on_for_hours() {
        Duration all = RetryPlan.DEFAULT.waits().stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(all).isBetween(Duration.ofHours(17), Duration.ofHours(24));
    }
}

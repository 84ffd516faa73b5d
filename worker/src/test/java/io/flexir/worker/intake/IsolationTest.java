package io.flexir.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

class IsolationTest {
    private final Isolation isolation = new Isolation(2);

    @Test
    void lets_as_many_orders_run_beside_each_other_as_there_are_slots() {
        boolean first = isolation.enter(DeliveryRule.BESIDE_OTHERS, () -> true);
        boolean second = isolation.enter(DeliveryRule.BESIDE_OTHERS, () -> true);
        boolean third = isolation.enter(DeliveryRule.BESIDE_OTHERS, () -> true);

        assertThat(first && second).isTrue();
        assertThat(third).isFalse();
    }

    @Test
    void runs_an_order_that_came_back_only_when_nothing_else_runs() {
        isolation.enter(DeliveryRule.BESIDE_OTHERS, () -> true);
        CompletableFuture<Boolean> alone =
                CompletableFuture.supplyAsync(
                        () -> isolation.enter(DeliveryRule.ALONE, () -> false));

        boolean enteredTooSoon = alone.isDone();
        isolation.leave(DeliveryRule.BESIDE_OTHERS);

        assertThat(enteredTooSoon).isFalse();
        await().untilAsserted(() -> assertThat(alone).isCompletedWithValue(true));
        assertThat(isolation.enter(DeliveryRule.BESIDE_OTHERS, () -> true)).isFalse();
    }

    @Test
    void gives_every_place_back_when_an_order_does_not_wait_any_longer() {
        AtomicBoolean givenUp = new AtomicBoolean();
        isolation.enter(DeliveryRule.BESIDE_OTHERS, () -> true);
        CompletableFuture<Boolean> alone =
                CompletableFuture.supplyAsync(
                        () -> isolation.enter(DeliveryRule.ALONE, givenUp::get));

        givenUp.set(true);

        await().untilAsserted(() -> assertThat(alone).isCompletedWithValue(false));
        isolation.leave(DeliveryRule.BESIDE_OTHERS);
        assertThat(isolation.enter(DeliveryRule.ALONE, () -> true)).isTrue();
    }

    @Test
    void does_not_let_two_that_came_back_wait_for_each_other() {
        isolation.enter(DeliveryRule.ALONE, () -> true);

        boolean second = isolation.enter(DeliveryRule.ALONE, () -> true);
        isolation.leave(DeliveryRule.ALONE);

        assertThat(second).isFalse();
        assertThat(isolation.enter(DeliveryRule.ALONE, () -> true)).isTrue();
    }
}

package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.worker.intake.DeliveryRule;
import io.flexir.worker.metrics.WorkerMetrics;
import io.flexir.worker.storage.ResultLocation;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class StartsTest {
    private static final ResultLocation LOCATION =
            new ResultLocation("flexir", Jobs.TENANT, Jobs.ID);

    private final ScriptedStore store = new ScriptedStore();
    private final Starts starts =
            new Starts(
                    store,
                    new OutageHold(
                            Duration.ofNanos(1),
                            Duration.ofMinutes(1),
                            new WorkerMetrics(),
                            () -> 0));

    @Test
    void an_order_that_was_begun_three_times_is_poison() {
        begin(1, 2, 3);

        assertThat(rule(4)).isEqualTo(Step.done(DeliveryRule.POISON));
    }

    @Test
    void one_that_waited_for_its_turn_while_others_killed_the_worker_is_not() {
        begin(1, 3);

        assertThat(rule(4)).isEqualTo(Step.done(DeliveryRule.ALONE));
        begin(4);
        assertThat(rule(5)).isEqualTo(Step.done(DeliveryRule.POISON));
    }

    @Test
    void one_that_stopping_workers_handed_back_is_not() {
        begin(1, 2, 3);
        handBack(1, 2, 3);

        assertThat(rule(4)).isEqualTo(Step.done(DeliveryRule.ALONE));
        begin(4);
        assertThat(rule(5)).isEqualTo(Step.done(DeliveryRule.ALONE));
    }

    @Test
    void of_some_that_were_handed_back_the_others_count() {
        begin(1, 2, 3, 4);
        handBack(2);

        assertThat(rule(5)).isEqualTo(Step.done(DeliveryRule.POISON));
    }

    @Test
    void before_the_broker_gives_it_up_it_ends_whatever_was_begun() {
        assertThat(rule(8)).isEqualTo(Step.done(DeliveryRule.ALONE));
        assertThat(rule(9)).isEqualTo(Step.done(DeliveryRule.POISON));
    }

    @Test
    void the_first_deliveries_ask_and_tell_the_store_as_little_as_they_can() {
        begin(1);

        assertThat(rule(1)).isEqualTo(Step.done(DeliveryRule.BESIDE_OTHERS));
        assertThat(rule(2)).isEqualTo(Step.done(DeliveryRule.ALONE));
        assertThat(store.objects).isEmpty();
    }

    @Test
    void an_outage_is_waited_for() {
        begin(1, 2, 3);
        store.outages = 3;

        assertThat(rule(4)).isEqualTo(Step.done(DeliveryRule.POISON));
    }

    private Step<DeliveryRule> rule(int delivery) {
        return starts.rule(Jobs.job(), delivery, LOCATION);
    }

    private void handBack(int... deliveries) {
        for (int delivery : deliveries) {
            starts.handedBack(Jobs.job(), delivery, LOCATION);
        }
    }

    private void begin(int... deliveries) {
        for (int delivery : deliveries) {
            var _ = starts.begin(Jobs.job(), delivery, LOCATION);
        }
    }
}

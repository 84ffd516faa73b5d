package io.flexir.scheduler.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Set;

class HangingRuleTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final TopicPartition OFFSETS = new TopicPartition("__consumer_offsets", 3);
    private static final TopicPartition WORK = new TopicPartition("flexir.work.cpu.v1", 0);
    private static final OpenTransaction OPEN = new OpenTransaction(OFFSETS, 7, 12, 0, 100);

    private final HangingRule rule = new HangingRule("fleet", PATIENCE);

    @Test
    void one_is_overdue_when_it_was_open_at_every_look_for_long() {
        assertThat(rule.overdue(Set.of(OPEN), seconds(0))).isEmpty();
        assertThat(rule.overdue(Set.of(OPEN), seconds(14))).isEmpty();
        assertThat(rule.overdue(Set.of(OPEN), seconds(15))).containsExactly(OPEN);
    }

    @Test
    void one_that_ended_meanwhile_is_another_one() {
        OpenTransaction next = new OpenTransaction(OFFSETS, 7, 13, 0, 140);

        assertThat(rule.overdue(Set.of(OPEN), seconds(0))).isEmpty();
        assertThat(rule.overdue(Set.of(next), seconds(10))).isEmpty();
        assertThat(rule.overdue(Set.of(next), seconds(20))).isEmpty();
        assertThat(rule.overdue(Set.of(OPEN), seconds(30))).isEmpty();
    }

    @Test
    void it_hangs_when_its_coordinator_does_not_speak_of_the_partition() {
        assertThat(rule.hangs(OPEN, coordinated("fleet-1", TransactionState.EMPTY))).isTrue();
        assertThat(rule.hangs(OPEN, coordinated("fleet-1", TransactionState.ONGOING, WORK)))
                .isTrue();
    }

    @Test
    void it_does_not_hang_while_its_coordinator_sees_to_it() {
        assertThat(rule.hangs(OPEN, coordinated("fleet-1", TransactionState.ONGOING, OFFSETS)))
                .isFalse();
        assertThat(
                        rule.hangs(
                                OPEN,
                                coordinated("fleet-1", TransactionState.PREPARE_ABORT, OFFSETS)))
                .isFalse();
    }

    @Test
    void what_others_leave_open_is_theirs() {
        assertThat(rule.hangs(OPEN, coordinated("fleets-1", TransactionState.EMPTY))).isFalse();
        assertThat(rule.hangs(OPEN, null)).isFalse();
    }

    private static long seconds(long number) {
        return Duration.ofSeconds(number).toNanos();
    }

    private static Coordinated coordinated(
            String id, TransactionState state, TopicPartition... partitions) {
        return new Coordinated(id, state, Set.of(partitions));
    }
}

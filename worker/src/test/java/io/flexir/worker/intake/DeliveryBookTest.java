package io.flexir.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

class DeliveryBookTest {
    private static final Duration LOCK = Duration.ofSeconds(30);
    private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
    private static final RecordKey A = new RecordKey("work", 0, 7);
    private static final RecordKey B = new RecordKey("work", 1, 3);

    private final DeliveryBook book = new DeliveryBook(LOCK);

    @Test
    void says_nothing_before_a_third_of_the_lock_has_passed() {
        book.handedOut(A, START);

        assertThat(book.due(START.plusMillis(9_999))).isEmpty();
        assertThat(book.quietFor(START.plusSeconds(4))).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void renews_at_a_third_of_the_lock() {
        book.handedOut(A, START);

        assertThat(book.due(START.plusSeconds(10))).isEqualTo(Map.of(A, AcknowledgeType.RENEW));
        assertThat(book.quietFor(START.plusSeconds(10))).isZero();
    }

    @Test
    void believes_the_broker_about_how_long_a_lock_lasts() {
        book.handedOut(A, START);
        book.lockLasts(Duration.ofSeconds(15));

        assertThat(book.due(START.plusSeconds(5))).isEqualTo(Map.of(A, AcknowledgeType.RENEW));
    }

    @Test
    void counts_the_renewed_lock_from_when_the_renewal_was_sent() {
        book.handedOut(A, START);
        book.confirmed(A, AcknowledgeType.RENEW, START.plusSeconds(10));
        book.handedOut(A, START.plusSeconds(13));

        assertThat(book.quietFor(START.plusSeconds(13))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void takes_a_record_that_comes_back_after_a_renewal_for_the_one_it_knows() {
        boolean first = book.handedOut(A, START);
        book.confirmed(A, AcknowledgeType.RENEW, START.plusSeconds(10));
        boolean again = book.handedOut(A, START.plusSeconds(11));

        assertThat(first).isTrue();
        assertThat(again).isFalse();
        assertThat(book.awaitsReturn()).isFalse();
    }

    @Test
    void acknowledges_a_record_that_ended_while_it_was_renewed_only_once_it_is_back_in_hand() {
        book.handedOut(A, START);
        book.confirmed(A, AcknowledgeType.RENEW, START.plusSeconds(10));
        book.settled(A, Settlement.DONE);

        Map<RecordKey, AcknowledgeType> outOfHand = book.due(START.plusSeconds(11));
        book.handedOut(A, START.plusSeconds(11));
        Map<RecordKey, AcknowledgeType> inHand = book.due(START.plusSeconds(11));

        assertThat(outOfHand).isEmpty();
        assertThat(inHand).isEqualTo(Map.of(A, AcknowledgeType.ACCEPT));
    }

    @Test
    void acknowledges_everything_in_hand_when_one_is_due_because_a_poll_may_follow() {
        book.handedOut(A, START);
        book.handedOut(B, START.plusSeconds(9));
        book.settled(A, Settlement.HAND_BACK);

        assertThat(book.due(START.plusSeconds(9)))
                .isEqualTo(Map.of(A, AcknowledgeType.RELEASE, B, AcknowledgeType.RENEW));
    }

    @Test
    void acknowledges_what_is_in_hand_before_the_poll_that_gets_another_back() {
        book.handedOut(A, START);
        book.confirmed(A, AcknowledgeType.RENEW, START.plusSeconds(10));
        book.handedOut(B, START.plusSeconds(10));

        assertThat(book.due(START.plusSeconds(10))).isEqualTo(Map.of(B, AcknowledgeType.RENEW));
    }

    @Test
    void forgets_a_record_whose_last_word_the_broker_took() {
        book.handedOut(A, START);
        book.settled(A, Settlement.SET_ASIDE);

        Map<RecordKey, AcknowledgeType> due = book.due(START.plusSeconds(1));
        book.confirmed(A, AcknowledgeType.REJECT, START.plusSeconds(1));

        assertThat(due).isEqualTo(Map.of(A, AcknowledgeType.REJECT));
        assertThat(book.isEmpty()).isTrue();
    }

    @Test
    void has_nothing_to_say_of_a_record_whose_lock_was_refused_a_renewal() {
        book.handedOut(A, START);
        book.refused(A);
        book.settled(A, Settlement.DONE);

        assertThat(book.isEmpty()).isTrue();
        assertThat(book.due(START.plusSeconds(20))).isEmpty();
    }

    @Test
    void gives_up_a_renewed_record_that_does_not_come_back_while_its_lock_lasts() {
        book.handedOut(A, START);
        book.confirmed(A, AcknowledgeType.RENEW, START.plusSeconds(10));

        assertThat(book.expired(START.plusSeconds(39))).isEmpty();
        assertThat(book.expired(START.plusSeconds(40))).containsExactly(A);
        assertThat(book.isEmpty()).isTrue();
    }

    @Test
    void loses_everything_with_its_consumer() {
        book.handedOut(A, START);
        book.handedOut(B, START);

        assertThat(book.forgetAll()).containsExactly(A, B);
        assertThat(book.isEmpty()).isTrue();
    }
}

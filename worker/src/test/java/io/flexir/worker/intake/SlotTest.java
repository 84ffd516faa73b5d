package io.flexir.worker.intake;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class SlotTest {
    private static final Duration AT_ONCE = Duration.ZERO;

    private final Slot slot = new Slot();

    @Test
    void the_next_order_is_not_taken_before_the_one_before_is_nearly_computed()
            throws InterruptedException {
        Turn first = slot.begin(AT_ONCE).orElseThrow();
        assertThat(first.compute(() -> true)).isTrue();
        assertThat(slot.begin(AT_ONCE)).isEmpty();

        first.nearlyComputed();

        assertThat(slot.begin(AT_ONCE)).isPresent();
        assertThat(slot.begin(AT_ONCE)).isEmpty();
    }

    @Test
    void the_next_order_is_not_computed_before_the_one_before_is() throws InterruptedException {
        Turn first = slot.begin(AT_ONCE).orElseThrow();
        first.compute(() -> true);
        first.nearlyComputed();
        Turn second = slot.begin(AT_ONCE).orElseThrow();
        assertThat(second.compute(() -> true)).isFalse();

        first.computed();

        assertThat(second.compute(() -> true)).isTrue();
    }

    @Test
    void a_turn_gives_back_what_it_has_and_no_more() throws InterruptedException {
        Turn first = slot.begin(AT_ONCE).orElseThrow();
        first.nearlyComputed();
        first.nearlyComputed();
        first.computed();
        first.end();

        Turn second = slot.begin(AT_ONCE).orElseThrow();
        assertThat(slot.begin(AT_ONCE)).isEmpty();
        assertThat(second.compute(() -> true)).isTrue();
        second.nearlyComputed();
        assertThat(slot.begin(AT_ONCE).orElseThrow().compute(() -> true)).isFalse();
    }

    @Test
    void an_order_that_ends_early_leaves_the_slot() throws InterruptedException {
        Turn first = slot.begin(AT_ONCE).orElseThrow();
        first.compute(() -> true);

        first.end();

        assertThat(slot.begin(AT_ONCE).orElseThrow().compute(() -> true)).isTrue();
    }

    @Test
    void what_is_taken_after_the_end_is_given_back() throws InterruptedException {
        Turn late = slot.begin(AT_ONCE).orElseThrow();
        late.end();
        late.compute(() -> true);

        assertThat(slot.begin(AT_ONCE).orElseThrow().compute(() -> true)).isTrue();
    }
}

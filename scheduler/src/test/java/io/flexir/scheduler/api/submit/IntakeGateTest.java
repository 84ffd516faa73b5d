package io.flexir.scheduler.api.submit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

class IntakeGateTest {
    private final AtomicInteger waiting = new AtomicInteger();
    private final IntakeGate gate = new IntakeGate(3, waiting::get);

    @Test
    void submissions_on_their_way_count() {
        var _ = gate.enter().orElseThrow();
        var _ = gate.enter().orElseThrow();
        IntakeGate.Ticket third = gate.enter().orElseThrow();

        assertThat(gate.enter()).isEmpty();
        third.leave();
        assertThat(gate.enter()).isPresent();
    }

    @Test
    void jobs_that_wait_count() {
        waiting.set(2);

        assertThat(gate.enter()).isPresent();
        assertThat(gate.enter()).isEmpty();
    }

    @Test
    void it_is_full_when_jobs_and_submissions_have_all_places() {
        waiting.set(2);
        assertThat(gate.isFull()).isFalse();

        IntakeGate.Ticket last = gate.enter().orElseThrow();
        assertThat(gate.isFull()).isTrue();

        last.leave();
        assertThat(gate.isFull()).isFalse();
    }

    @Test
    void a_refusal_holds_no_place() {
        waiting.set(3);
        assertThat(gate.enter()).isEmpty();

        waiting.set(0);

        assertThat(gate.enter()).isPresent();
        assertThat(gate.enter()).isPresent();
        assertThat(gate.enter()).isPresent();
    }
}

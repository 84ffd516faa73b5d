package io.flexir.worker.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.time.Duration;

@Timeout(60)
class DecodingTimeTest {
    private static final Duration LIMIT = Duration.ofMillis(200);

    @Test
    void is_over_when_the_thread_that_decodes_has_computed_so_long() {
        DecodingTime time = DecodingTime.startingWith(LIMIT);

        computeFor(LIMIT.multipliedBy(20), time);

        assertThat(time.wasExceeded()).isTrue();
    }

    @Test
    void is_not_over_while_others_compute() throws InterruptedException {
        DecodingTime time = DecodingTime.startingWith(LIMIT);
        Duration longer = LIMIT.multipliedBy(2);

        Thread.ofPlatform()
                .start(() -> computeFor(longer, DecodingTime.startingWith(longer)))
                .join();

        assertThat(time.isOver()).isFalse();
    }

    /** Until that much time has passed, or it is over. */
    private static void computeFor(Duration atMost, DecodingTime time) {
        long start = System.nanoTime();
        while (!time.isOver() && System.nanoTime() - start < atMost.toNanos()) {
            Thread.onSpinWait();
        }
    }
}

package io.flexir.scheduler.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

class CommitPaceTest {
    private static final Instant START = Instant.parse("2026-11-25T12:00:00Z");

    private final CommitPace pace = new CommitPace();

    @Test
    void what_comes_now_and_then_is_committed_at_once() {
        assertThat(pace.due(START)).isTrue();
        assertThat(pace.due(START.plus(CommitPace.REST))).isTrue();
    }

    @Test
    void a_stream_is_committed_once_each_rest() {
        long commits =
                IntStream.range(0, 10 * (int) CommitPace.REST.toMillis())
                        .filter(millis -> pace.due(START.plusMillis(millis)))
                        .count();

        assertThat(commits).isEqualTo(10);
    }

    @Test
    void a_clock_that_is_set_back_does_not_hold_commits_up() {
        pace.due(START);

        assertThat(pace.due(START.minusSeconds(3600))).isTrue();
    }

    @Test
    void threads_do_not_wait_for_each_other() {
        pace.due(START);

        assertThat(CompletableFuture.supplyAsync(() -> pace.due(START)).join()).isTrue();
    }
}

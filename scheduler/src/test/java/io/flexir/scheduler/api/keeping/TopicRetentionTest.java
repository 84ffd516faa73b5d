package io.flexir.scheduler.api.keeping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

class TopicRetentionTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final long NONE = -1;

    @Test
    void records_are_there_for_as_long_as_the_topic_keeps_them() {
        assertThat(TopicRetention.keptSince(3_600_000, -1, NOON)).isEqualTo("2026-03-01T11:00:00Z");
    }

    @Test
    void a_topic_without_a_bound_keeps_everything() {
        assertThat(TopicRetention.keptSince(-1, -1, NOON)).isEqualTo(Instant.EPOCH);
    }

    @Test
    void a_topic_with_a_bound_on_its_size_may_have_dropped_anything() {
        assertThat(TopicRetention.keptSince(3_600_000, 0, NOON)).isEqualTo(NOON);
        assertThat(TopicRetention.keptSince(-1, 1_000_000, NOON)).isEqualTo(NOON);
    }

    @Test
    void a_topic_that_never_dropped_anything_tells_nothing_of_what_was_before_its_first_record() {
        Instant first = NOON.minusSeconds(600);

        assertThat(
                        TopicRetention.begunAt(
                                List.of(0L, 0L, 0L),
                                List.of(NOON.toEpochMilli(), NONE, first.toEpochMilli()),
                                NOON))
                .isEqualTo(first);
        assertThat(TopicRetention.begunAt(List.of(0L, 0L), List.of(NONE, NONE), NOON))
                .isEqualTo(NOON);
    }

    @Test
    void a_topic_that_has_dropped_records_is_as_old_as_it_keeps_them() {
        assertThat(TopicRetention.begunAt(List.of(0L, 7L), List.of(NONE, NONE), NOON))
                .isEqualTo(Instant.EPOCH);
    }
}

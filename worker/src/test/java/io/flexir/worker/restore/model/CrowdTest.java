package io.flexir.worker.restore.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Map;

class CrowdTest {
    @ParameterizedTest(name = "{1} jobs on {0} threads: {2}")
    @CsvSource({
        "1, 1, ALL_THREADS",
        "1, 3, ALL_THREADS",
        "2, 1, ALL_THREADS",
        "2, 2, ONE_THREAD",
        "2, 5, ONE_THREAD",
        "8, 3, ALL_THREADS",
        "8, 4, ONE_THREAD",
    })
    void as_many_jobs_as_keep_half_of_the_threads_busy_use_one_each(
            int threads, int jobs, Spread spread) {
        Crowd crowd = new Crowd(threads);
        for (int i = 0; i < jobs; i++) {
            crowd.enter();
        }
        assertThat(crowd.spread()).isEqualTo(spread);
    }

    @Test
    void with_one_heap_for_all_threads_they_share_the_pool() {
        RuntimeSettings two = new RuntimeSettings(2, 1, false, 1);
        Crowd oneHeap = Crowd.of(two, Map.of("MALLOC_ARENA_MAX", "1"));
        Crowd several = Crowd.of(two, Map.of("MALLOC_ARENA_MAX", "4"));
        for (Crowd crowd : List.of(oneHeap, several)) {
            crowd.enter();
            crowd.enter();
        }

        assertThat(oneHeap.spread()).isEqualTo(Spread.ALL_THREADS);
        assertThat(several.spread()).isEqualTo(Spread.ONE_THREAD);
    }

    @Test
    void who_is_left_alone_has_all_threads_again() {
        Crowd crowd = new Crowd(2);
        crowd.enter();
        crowd.enter();
        crowd.leave();

        assertThat(crowd.spread()).isEqualTo(Spread.ALL_THREADS);
    }
}

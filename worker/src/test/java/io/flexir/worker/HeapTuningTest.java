package io.flexir.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.HashMap;
import java.util.Map;

class HeapTuningTest {
    @Test
    void an_environment_with_every_variable_needs_no_advice() {
        assertThat(HeapTuning.advice(HeapTuning.environment(1), 1)).isEmpty();
    }

    @Test
    void tunables_may_stand_among_others() {
        Map<String, String> environment = new HashMap<>(HeapTuning.environment(1));
        environment.compute("GLIBC_TUNABLES", (_, ours) -> "glibc.malloc.hugetlb=1:" + ours);

        assertThat(HeapTuning.advice(environment, 1)).isEmpty();
    }

    @Test
    void what_is_missing_or_has_another_value_is_named_with_the_value_it_should_have() {
        Map<String, String> environment = new HashMap<>(HeapTuning.environment(1));
        environment.put("MALLOC_ARENA_MAX", "8");
        environment.remove("GLIBC_TUNABLES");

        assertThat(HeapTuning.advice(environment, 1).orElseThrow())
                .contains("MALLOC_ARENA_MAX=1")
                .contains("GLIBC_TUNABLES=glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0")
                .doesNotContain("MALLOC_TRIM_THRESHOLD_");
    }

    @Test
    void several_slots_want_several_heaps() {
        assertThat(HeapTuning.advice(HeapTuning.environment(1), 2).orElseThrow())
                .contains("MALLOC_ARENA_MAX=4");
    }
}

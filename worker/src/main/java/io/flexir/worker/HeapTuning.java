package io.flexir.worker;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What glibc must be told in the environment before the process starts, so that ONNX Runtime's
 * large blocks come from one heap that neither shrinks and grows at every node nor comes to pieces.
 * Elsewhere than on glibc the variables mean nothing and do no harm.
 */
public final class HeapTuning {
    /** Enough that two threads seldom meet in one, and no more than that keep memory. */
    private static final String SEVERAL = "4";

    private HeapTuning() {}

    /**
     * Variables and the values they should have, see the decision on the heap for large blocks.
     *
     * @param slots images at once: several would wait for each other at one heap
     */
    public static Map<String, String> environment(int slots) {
        return Map.of(
                "MALLOC_MMAP_THRESHOLD_", "4294967296",
                "MALLOC_TRIM_THRESHOLD_", "4294967296",
                "MALLOC_ARENA_MAX", slots == 1 ? "1" : SEVERAL,
                "GLIBC_TUNABLES", "glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0");
    }

    /** A sentence about what the environment lacks; empty when it has all. */
    static Optional<String> advice(Map<String, String> environment, int slots) {
        List<String> missing =
                environment(slots).entrySet().stream()
                        .filter(wanted -> !holds(environment, wanted))
                        .map(wanted -> wanted.getKey() + "=" + wanted.getValue())
                        .sorted()
                        .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "On glibc this worker is several times slower and takes several times the memory"
                                + " than with "
                                + String.join(" ", missing)
                                + " in its environment.");
    }

    /** Tunables may stand among others. */
    private static boolean holds(
            Map<String, String> environment, Map.Entry<String, String> wanted) {
        List<String> settings =
                List.of(environment.getOrDefault(wanted.getKey(), "").split(":", -1));
        return settings.containsAll(List.of(wanted.getValue().split(":", -1)));
    }
}

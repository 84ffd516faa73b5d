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
    /** Variables and the values they should have, see the decision on the heap for large blocks. */
    public static final Map<String, String> ENVIRONMENT =
            Map.of(
                    "MALLOC_MMAP_THRESHOLD_", "4294967296",
                    "MALLOC_TRIM_THRESHOLD_", "4294967296",
                    "MALLOC_ARENA_MAX", "1",
                    "GLIBC_TUNABLES", "glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0");

    private HeapTuning() {}

    /** A sentence about what the environment lacks; empty when it has all. */
    static Optional<String> advice(Map<String, String> environment) {
        List<String> missing =
                ENVIRONMENT.entrySet().stream()
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

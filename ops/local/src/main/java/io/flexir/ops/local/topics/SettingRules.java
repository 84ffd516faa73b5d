package io.flexir.ops.local.topics;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What a change of a topic's setting does to its records. */
final class SettingRules {
    private static final String CLEANUP = "cleanup.policy";
    private static final Set<String> BOUNDS =
            Set.of("retention.ms", "retention.bytes", "delete.retention.ms");

    /** Whether two values mean the same. */
    boolean same(String name, String present, String wanted) {
        return name.equals(CLEANUP) ? words(present).equals(words(wanted)) : present.equals(wanted);
    }

    Verdict verdict(String name, String present, String wanted, TopicState topic) {
        if (!topic.holdsRecords()) {
            return Verdict.SAFE;
        }
        if (name.equals(CLEANUP)) {
            return new Verdict.Loses(
                    "records that " + present + " keeps may be ones that " + wanted + " does not");
        }
        if (BOUNDS.contains(name) && bound(wanted) < bound(present)) {
            return new Verdict.Loses(
                    name.startsWith("delete.")
                            ? "deletions that a reader has not seen within the shorter time"
                            : "records that are past the narrower bound");
        }
        return Verdict.SAFE;
    }

    /** -1 is none. */
    private static long bound(String value) {
        long number = value.isEmpty() ? -1 : Long.parseLong(value);
        return number < 0 ? Long.MAX_VALUE : number;
    }

    private static Set<String> words(String policy) {
        return Arrays.stream(policy.split(",")).map(String::strip).collect(Collectors.toSet());
    }
}

package io.flexir.ops.bench.flow;

import java.util.Comparator;
import java.util.List;

/**
 * What was measured.
 *
 * @param rounds those that count, in the order in which they ran
 */
public record FlowReport(FlowSettings settings, List<Round> rounds, Latency latency) {
    public FlowReport {
        rounds = List.copyOf(rounds);
    }

    /** The round in the middle by its ratio; the lower of the two where there are two. */
    public Round median() {
        List<Round> sorted =
                rounds.stream().sorted(Comparator.comparingDouble(Round::ratio)).toList();
        return sorted.get((sorted.size() - 1) / 2);
    }
}

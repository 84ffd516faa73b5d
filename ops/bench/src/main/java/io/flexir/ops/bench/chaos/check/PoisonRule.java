package io.flexir.ops.bench.chaos.check;

import io.flexir.ops.bench.chaos.check.Evidence.Begun;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whether a job had to look like poison. The images that were planted had. Any other had only if an
 * order of it was begun three times, and each time a worker was struck so that it ended: the first
 * delivery leaves no mark, each later one does. Pure.
 */
final class PoisonRule {
    private static final int MARKS = 2;

    private final Set<String> planted;
    private final Map<String, List<Begun>> begun;
    private final List<Instant> workerEnds;

    PoisonRule(Evidence evidence) {
        this.planted = evidence.planted();
        this.begun = evidence.begun().stream().collect(Collectors.groupingBy(Begun::jobId));
        this.workerEnds = evidence.workerEnds();
    }

    /** Whether it was one of those that were planted. */
    boolean planted(String job) {
        return planted.contains(job);
    }

    /** Whether anybody would have taken it for one. */
    boolean looked(String job) {
        return planted(job)
                || begun.getOrDefault(job, List.of()).stream()
                        .collect(
                                Collectors.groupingBy(
                                        Begun::attempt,
                                        Collectors.mapping(Begun::at, Collectors.toList())))
                        .values()
                        .stream()
                        .anyMatch(this::eachTimeAWorkerEnded);
    }

    private boolean eachTimeAWorkerEnded(List<Instant> marks) {
        List<Instant> sorted = marks.stream().sorted().toList();
        return sorted.size() >= MARKS
                && ended(Instant.MIN, sorted.getFirst())
                && IntStream.range(1, sorted.size())
                        .allMatch(next -> ended(sorted.get(next - 1), sorted.get(next)))
                && ended(sorted.getLast(), Instant.MAX);
    }

    private boolean ended(Instant after, Instant before) {
        return workerEnds.stream().anyMatch(end -> end.isAfter(after) && end.isBefore(before));
    }
}

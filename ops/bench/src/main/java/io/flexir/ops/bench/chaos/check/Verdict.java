package io.flexir.ops.bench.chaos.check;

import io.flexir.ops.bench.chaos.check.Evidence.Ended;
import io.flexir.ops.bench.chaos.check.Evidence.Request;
import io.flexir.ops.bench.chaos.check.Evidence.Stated;
import io.flexir.ops.bench.chaos.check.Evidence.Stored;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether a fleet kept its word.
 *
 * @param accepted jobs that were asked for
 * @param outcomes records in the topic of outcomes
 * @param ends how many jobs ended how, such as {@code restored}, {@code failed: poison}, or {@code
 *     failed: poison, of a sound image} when it was not one of those that were planted
 * @param findings every promise that was broken
 */
public record Verdict(int accepted, int outcomes, Map<String, Long> ends, List<Finding> findings) {

    private static final String POISON = "failed: poison";

    /** Judges by records and objects alone. */
    public static Verdict of(Evidence evidence) {
        Set<String> accepted =
                evidence.requests().stream()
                        .map(Request::jobId)
                        .collect(Collectors.toCollection(TreeSet::new));
        Map<String, Long> outcomes =
                evidence.outcomes().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Ended::jobId, TreeMap::new, Collectors.counting()));
        PoisonRule poison = new PoisonRule(evidence);
        List<Finding> findings = new ArrayList<>();
        accepted.stream()
                .filter(job -> !outcomes.containsKey(job))
                .map(Finding.Lost::new)
                .forEach(findings::add);
        outcomes.forEach((job, count) -> judge(job, count, accepted, findings));
        evidence.acknowledged().stream()
                .filter(job -> !accepted.contains(job))
                .sorted()
                .map(Finding.Forgotten::new)
                .forEach(findings::add);
        evidence.outcomes().stream()
                .filter(ended -> !mayEndSo(ended, poison))
                .map(ended -> new Finding.NotRestored(ended.jobId(), text(ended, poison)))
                .forEach(findings::add);
        evidence.outcomes().stream()
                .flatMap(ended -> results(ended, evidence.objects()))
                .forEach(findings::add);
        evidence.requests().stream()
                .filter(request -> isTaken(request, evidence.taken()))
                .filter(request -> !evidence.ledger().contains(request.jobId()))
                .map(
                        request ->
                                new Finding.Unrecorded(
                                        request.jobId(), request.partition(), request.offset()))
                .forEach(findings::add);
        return new Verdict(
                accepted.size(),
                evidence.outcomes().size(),
                ends(evidence.outcomes(), poison),
                findings);
    }

    public Verdict {
        ends = Map.copyOf(ends);
        findings = List.copyOf(findings);
    }

    /** Accepted jobs without an outcome. */
    public long lost() {
        return count(Finding.Lost.class);
    }

    /** Jobs with more than one. */
    public long doubled() {
        return count(Finding.Doubled.class);
    }

    /** Whether every promise was kept. */
    public boolean kept() {
        return findings.isEmpty();
    }

    private long count(Class<? extends Finding> kind) {
        return findings.stream().filter(kind::isInstance).count();
    }

    private static void judge(
            String job, long outcomes, Set<String> accepted, List<Finding> findings) {
        if (outcomes > 1) {
            findings.add(new Finding.Doubled(job, outcomes));
        }
        if (!accepted.contains(job)) {
            findings.add(new Finding.WithoutJob(job));
        }
    }

    private static Stream<Finding> results(Ended ended, Map<String, Stored> objects) {
        return ended
                .result()
                .flatMap(
                        stated ->
                                result(
                                        ended.jobId(),
                                        stated,
                                        objects.getOrDefault(stated.key(), new Stored.Missing())))
                .stream();
    }

    private static Optional<Finding> result(String job, Stated stated, Stored stored) {
        return switch (stored) {
            case Stored.Image(String sha256) ->
                    sha256.equals(stated.sha256())
                            ? Optional.empty()
                            : Optional.of(new Finding.WrongDigest(job, stated.sha256(), sha256));
            case Stored.Unreadable(String problem) ->
                    Optional.of(new Finding.Unreadable(job, problem));
            case Stored.Missing() -> Optional.of(new Finding.Missing(job, stated.key()));
        };
    }

    private static boolean isTaken(Request request, Map<Integer, Long> taken) {
        return request.offset() < taken.getOrDefault(request.partition(), 0L);
    }

    /** Faults are no reason for a sound job to fail, unless they made it look like poison. */
    private static boolean mayEndSo(Ended ended, PoisonRule poison) {
        return switch (words(ended)) {
            case "restored" -> true;
            case POISON -> poison.looked(ended.jobId());
            default -> false;
        };
    }

    private static String words(Ended ended) {
        return ended.end() + ended.reason().map(reason -> ": " + reason).orElse("");
    }

    private static String text(Ended ended, PoisonRule poison) {
        String words = words(ended);
        return words.equals(POISON) && !poison.planted(ended.jobId())
                ? words + ", of a sound image"
                : words;
    }

    private static Map<String, Long> ends(List<Ended> outcomes, PoisonRule poison) {
        return outcomes.stream()
                .collect(
                        Collectors.groupingBy(ended -> text(ended, poison), Collectors.counting()));
    }
}

package io.flexir.ops.bench.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.bench.chaos.check.Finding;
import io.flexir.ops.bench.chaos.check.Verdict;
import io.flexir.ops.bench.chaos.fleet.FaultRunner;
import io.flexir.ops.bench.chaos.plan.FaultKind;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was done to a fleet, and whether it kept its word.
 *
 * @param accepted jobs, by the topic of requests
 * @param outcomes records in the topic of outcomes
 * @param lost accepted jobs without an outcome
 * @param doubled jobs with more than one
 * @param ends how many jobs ended how
 * @param faults how many of each kind struck
 * @param faultsFailed how many of each kind could not be brought about
 * @param requestsSpoilt requests to the store that a fault struck
 * @param submissionsRepeated because they were refused or not answered
 * @param endedByThemselves processes that ended without being struck
 * @param killedAfterGrace processes that did not end when they were told to
 * @param settled whether nothing was left to read when the topics were read
 * @param findings every promise that was broken
 */
public record ChaosReport(
        long seed,
        int accepted,
        int outcomes,
        long lost,
        long doubled,
        Map<String, Long> ends,
        Map<String, Integer> faults,
        Map<String, Integer> faultsFailed,
        long requestsSpoilt,
        long submissionsRepeated,
        int endedByThemselves,
        int killedAfterGrace,
        boolean settled,
        double seconds,
        List<String> findings) {
    private static final int MOST_FINDINGS = 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    static ChaosReport of(
            long seed,
            Verdict verdict,
            FaultRunner faults,
            long requestsSpoilt,
            long submissionsRepeated,
            int endedByThemselves,
            boolean settled,
            double seconds) {
        return new ChaosReport(
                seed,
                verdict.accepted(),
                verdict.outcomes(),
                verdict.lost(),
                verdict.doubled(),
                new TreeMap<>(verdict.ends()),
                labelled(faults.struck()),
                labelled(faults.failed()),
                requestsSpoilt,
                submissionsRepeated,
                endedByThemselves,
                faults.outOfOrder(),
                settled,
                seconds,
                verdict.findings().stream().map(Finding::toString).toList());
    }

    private static Map<String, Integer> labelled(Map<FaultKind, Integer> counts) {
        Map<String, Integer> labelled = new TreeMap<>();
        counts.forEach((kind, count) -> labelled.put(kind.label(), count));
        return labelled;
    }

    /** Whether every promise was kept, under all that was planned, with nothing left to happen. */
    public boolean kept() {
        return findings.isEmpty() && faultsFailed.isEmpty() && settled;
    }

    /** As people read it. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d jobs accepted, %d outcomes, %d lost, %d doubled, in %.1f s: %s",
                        accepted,
                        outcomes,
                        lost,
                        doubled,
                        seconds,
                        ends));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d faults: %s",
                        faults.values().stream().mapToInt(Integer::intValue).sum(),
                        faults));
        lines.add(
                String.format(
                        Locale.ROOT,
                        "%d requests to the store spoilt, %d submissions repeated, %d processes ended by themselves, %d did not end when told to",
                        requestsSpoilt,
                        submissionsRepeated,
                        endedByThemselves,
                        killedAfterGrace));
        if (!faultsFailed.isEmpty()) {
            lines.add("Faults that could not be brought about: " + faultsFailed);
        }
        if (!settled) {
            lines.add("The fleet did not come to rest: something was still unread");
        }
        findings.stream().limit(MOST_FINDINGS).forEach(lines::add);
        if (findings.size() > MOST_FINDINGS) {
            lines.add(
                    "... and " + (findings.size() - MOST_FINDINGS) + " more: --json has them all");
        }
        return lines;
    }

    /** One line of JSON. */
    public String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }
}

package io.flexir.ops.bench.chaos;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.bench.chaos.check.Finding;
import io.flexir.ops.bench.chaos.check.Verdict;
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
 * @param requestsSpoilt requests to the store that a fault struck
 * @param submissionsRepeated because they were refused or not answered
 * @param endedByThemselves processes that ended without being struck
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
        long requestsSpoilt,
        long submissionsRepeated,
        int endedByThemselves,
        boolean settled,
        double seconds,
        List<String> findings) {
    private static final int MOST_FINDINGS = 20;
    private static final JsonMapper MAPPER = new JsonMapper();

    static ChaosReport of(
            long seed,
            Verdict verdict,
            Map<FaultKind, Integer> struck,
            long requestsSpoilt,
            long submissionsRepeated,
            int endedByThemselves,
            boolean settled,
            double seconds) {
        Map<String, Integer> faults = new TreeMap<>();
        struck.forEach((kind, count) -> faults.put(kind.label(), count));
        return new ChaosReport(
                seed,
                verdict.accepted(),
                verdict.outcomes(),
                verdict.lost(),
                verdict.doubled(),
                new TreeMap<>(verdict.ends()),
                faults,
                requestsSpoilt,
                submissionsRepeated,
                endedByThemselves,
                settled,
                seconds,
                verdict.findings().stream().map(Finding::toString).toList());
    }

    /** Whether every promise was kept, with nothing left to happen. */
    public boolean kept() {
        return findings.isEmpty() && settled;
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
                        "%d requests to the store spoilt, %d submissions repeated, %d processes ended by themselves",
                        requestsSpoilt,
                        submissionsRepeated,
                        endedByThemselves));
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

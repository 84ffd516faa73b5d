package io.flexir.ops.bench.start;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.bench.speed.Median;

import java.util.List;
import java.util.Locale;

/**
 * Several starts of the same worker.
 *
 * @param bundle the only model that it has
 */
public record Starts(String bundle, List<Start> starts) {

    private static final JsonMapper MAPPER = new JsonMapper();

    public Starts {
        starts = List.copyOf(starts);
    }

    private double medianSeconds() {
        return Median.of(starts.stream().map(Start::seconds).toList());
    }

    private double medianResidentMegabytes() {
        return Median.of(starts.stream().map(Start::residentMegabytes).toList());
    }

    /** For people. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "a worker with %s is subscribed and ready %.2f s after exec (%.2f to %.2f), with %.0f MB resident; medians of %d starts",
                bundle,
                medianSeconds(),
                starts.stream().mapToDouble(Start::seconds).min().orElseThrow(),
                starts.stream().mapToDouble(Start::seconds).max().orElseThrow(),
                medianResidentMegabytes(),
                starts.size());
    }

    /** For scripts; one line without an end, whose fields do not change. */
    public String json() {
        try {
            return MAPPER.writeValueAsString(
                    new Report(bundle, medianSeconds(), medianResidentMegabytes(), starts));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("starts cannot be written as JSON", e);
        }
    }

    private record Report(
            String bundle,
            double medianSeconds,
            double medianResidentMegabytes,
            List<Start> starts) {}
}

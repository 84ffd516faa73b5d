package io.flexir.ops.local.client;

import io.flexir.contracts.control.Experiment.Variant;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * An experiment as a scheduler shows it.
 *
 * @param promoted the variant that won
 * @param results by variant; none in lists
 */
public record FleetExperiment(
        String name,
        List<Variant> variants,
        @Nullable String promoted,
        Instant since,
        @Nullable List<Result> results) {
    public FleetExperiment {
        variants = List.copyOf(variants);
        results = results == null ? null : List.copyOf(results);
    }

    /**
     * What is known of a variant; each figure is there once there is a sample of it.
     *
     * @param jobs assigned and ended
     */
    public record Result(
            String variant,
            long jobs,
            @Nullable Mean rating,
            @Nullable Mean psnr,
            @Nullable Mean gigaMacs,
            @Nullable Mean seconds,
            @Nullable Mean onTime) {}

    /** A mean with its 95% confidence interval, which two samples make. */
    public record Mean(long samples, double mean, @Nullable Double low, @Nullable Double high) {}
}

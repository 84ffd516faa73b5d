package io.flexir.scheduler.api.resource;

import io.flexir.contracts.job.Trial;

import org.jspecify.annotations.Nullable;

/** The part that a job has in an experiment ({@code Trial} in the API description). */
public record TrialResource(String experiment, String variant, boolean shadow) {
    static @Nullable TrialResource of(@Nullable Trial trial) {
        return trial == null
                ? null
                : new TrialResource(
                        trial.experiment(), trial.variant(), trial.shadowPointer() != null);
    }
}

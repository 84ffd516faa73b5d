package io.flexir.scheduler.api.resource;

import io.flexir.contracts.control.ControlRecord.RunExperiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.scheduler.api.control.VariantResult;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * An experiment as the API shows it ({@code Experiment} in the API description).
 *
 * @param results none in lists
 */
public record ExperimentResource(
        String name,
        List<Variant> variants,
        @Nullable String promoted,
        Instant since,
        @Nullable List<VariantResult> results) {
    public static ExperimentResource of(RunExperiment run, @Nullable List<VariantResult> results) {
        return new ExperimentResource(
                run.name(),
                run.experiment().variants(),
                run.experiment().promoted(),
                run.at(),
                results);
    }
}

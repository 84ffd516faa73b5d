package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.Trial;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.Inference;
import io.flexir.scheduler.bundles.Bundle;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * How a job is done beside its budget.
 *
 * @param trial the part that it has in an experiment, if any
 */
record Way(Inference inference, @Nullable Trial trial) {
    /** As the job asks, or as the variant of an experiment has it for jobs that leave it to us. */
    static Inference inference(
            RestorationRequest request, @Nullable Variant variant, List<Bundle> bundles) {
        if (variant == null || variant.threshold() == null || !canFollow(variant, bundles)) {
            return Inferences.of(request.depth());
        }
        return new Inference.Adaptive(variant.threshold(), ruleOf(variant));
    }

    /** Whether every model that may do the job knows the variant's rule. */
    static boolean canFollow(Variant variant, List<Bundle> bundles) {
        return variant.threshold() == null
                || switch (ruleOf(variant)) {
                    case SHARPNESS -> true;
                    case PAYOFF ->
                            bundles.stream().allMatch(bundle -> bundle.manifest().payoff() != null);
                };
    }

    private static AdaptiveRule ruleOf(Variant variant) {
        return variant.rule() == null ? AdaptiveRule.SHARPNESS : variant.rule();
    }
}

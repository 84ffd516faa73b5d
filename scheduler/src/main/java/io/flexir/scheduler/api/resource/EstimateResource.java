package io.flexir.scheduler.api.resource;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.api.estimate.JobEstimate;

import org.jspecify.annotations.Nullable;

/**
 * What is expected of jobs before they are submitted ({@code JobEstimate} in the API description).
 */
public record EstimateResource(
        String model,
        int images,
        int pointer,
        PointerBudget budget,
        @Nullable Double psnr,
        JobEstimate.Cost cost,
        JobEstimate.Cost fullDepth,
        int slots,
        JobEstimate.@Nullable Span seconds,
        @Nullable Boolean onTime,
        String currency) {
    public static EstimateResource of(JobEstimate estimate) {
        return new EstimateResource(
                estimate.model(),
                estimate.images(),
                estimate.budget().target(),
                estimate.budget(),
                estimate.psnr(),
                estimate.cost(),
                estimate.fullDepth(),
                estimate.slots(),
                estimate.seconds(),
                estimate.onTime(),
                estimate.prices().currency());
    }
}

package io.flexir.scheduler.api.estimate;

import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.costs.PriceList;

import org.jspecify.annotations.Nullable;

/**
 * What is expected of jobs alike.
 *
 * @param model that was reckoned with: where it is left to the fleet, the dearest it may choose
 * @param budget what one would be granted now
 * @param psnr of the model's calibration at the pointer aimed for, in dB; none without calibration
 * @param cost of all of them at that pointer
 * @param fullDepth of all of them at the model's last pointer
 * @param slots of ready workers; without any there are no times
 * @param seconds until all are done, from what waits at its floors to all of it at full depth
 * @param onTime whether the longest of these is within the deadline; none without one
 */
public record JobEstimate(
        String model,
        int images,
        PointerBudget budget,
        @Nullable Double psnr,
        Cost cost,
        Cost fullDepth,
        int slots,
        @Nullable Span seconds,
        @Nullable Boolean onTime,
        PriceList prices) {
    /**
     * @param seconds of workers
     * @param joules by what the last day's images drew; none where there were none
     */
    public record Cost(double gigaMacs, double seconds, @Nullable Double joules, double money) {}

    /** From the least to the most. */
    public record Span(double least, double most) {}
}

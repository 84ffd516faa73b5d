package io.flexir.scheduler.api.resource;

import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.ModelChoice;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a restored job cost, with what a reader would else compute from the regions.
 *
 * @param model name of the bundle that did it
 * @param modelChoice why that one; none where the job named it
 * @param budget what was granted for this model
 * @param endedEarly the deadline made some region end under the budget's target
 * @param deepestPointer the deepest pointer that any region reached
 * @param meanPointer mean over the regions, weighted by area
 * @param regionCount how many regions there are, also where they are left out
 * @param regions none in lists and events
 * @param traceId of the trace that shows how it was done; none where it was not traced
 */
public record ReceiptResource(
        ObjectReference result,
        String resultSha256,
        String contentType,
        long bytesIn,
        long bytesOut,
        ImageSize inputSize,
        ImageSize outputSize,
        String model,
        String modelDigest,
        @Nullable ModelChoice modelChoice,
        String policyVersion,
        PointerBudget budget,
        Inference inference,
        boolean endedEarly,
        int deepestPointer,
        double meanPointer,
        int regionCount,
        @Nullable List<RegionReceipt> regions,
        double gigaMacs,
        PhaseSeconds seconds,
        Energy energy,
        String workerId,
        String device,
        @Nullable String traceId) {
    static ReceiptResource of(Receipt receipt, boolean withRegions) {
        return new ReceiptResource(
                receipt.result(),
                receipt.resultSha256(),
                receipt.contentType(),
                receipt.bytesIn(),
                receipt.bytesOut(),
                receipt.inputSize(),
                receipt.outputSize(),
                receipt.model(),
                receipt.modelDigest(),
                receipt.modelChoice(),
                receipt.policyVersion(),
                receipt.budget(),
                receipt.inference(),
                receipt.degraded(),
                receipt.deepestPointer(),
                receipt.meanPointer(),
                receipt.regions().size(),
                withRegions ? receipt.regions() : null,
                receipt.gigaMacs(),
                receipt.seconds(),
                receipt.energy(),
                receipt.workerId(),
                receipt.device(),
                receipt.traceId());
    }
}

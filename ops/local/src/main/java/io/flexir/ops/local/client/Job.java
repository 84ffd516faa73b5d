package io.flexir.ops.local.client;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.ModelChoice;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.RegionReceipt;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/**
 * A job as a scheduler shows it. What is nullable is there only when the job has come so far.
 *
 * @param model what was asked for; {@code auto} where that was left to the fleet
 * @param attempt number of the latest work order, 0 before the first
 * @param progress while a worker holds the job
 * @param receipt once it has succeeded
 * @param problem once it was rejected or has failed
 * @param retryOf the failed job that this one does over
 * @param retriedAs the job that does this one over
 * @param traceId of its trace, where the fleet exports traces
 */
public record Job(
        String id,
        JobState state,
        String model,
        Depth depth,
        @Nullable PointerBudget budget,
        int attempt,
        Instant createdAt,
        @Nullable Instant scheduledAt,
        @Nullable Instant finishedAt,
        @Nullable Instant deadline,
        boolean degraded,
        boolean late,
        @Nullable Progress progress,
        @Nullable Receipt receipt,
        @Nullable Problem problem,
        @Nullable String retryOf,
        @Nullable String retriedAs,
        @Nullable String traceId) {

    /** Whether it has ended as asked. */
    public boolean succeeded() {
        return state == JobState.SUCCEEDED;
    }

    /**
     * How far a worker is.
     *
     * @param stage the stage that runs for the current regions, 0 before the first
     * @param regions all regions of the image, 0 while unknown
     */
    public record Progress(String workerId, Phase phase, int stage, int regionsDone, int regions) {}

    /** Why it did not succeed. */
    public record Problem(String reason, String detail) {}

    /**
     * What it cost.
     *
     * @param model that did it
     * @param modelChoice why that one; none where the job named it
     * @param meanPointer over the regions, weighted by area
     * @param regions left out in lists and events
     */
    public record Receipt(
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
            Inference inference,
            int deepestPointer,
            double meanPointer,
            int regionCount,
            @Nullable List<RegionReceipt> regions,
            double gigaMacs,
            PhaseSeconds seconds,
            Energy energy,
            String workerId,
            String device) {

        public Receipt {
            regions = regions == null ? null : List.copyOf(regions);
        }
    }
}

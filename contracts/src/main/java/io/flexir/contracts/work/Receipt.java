package io.flexir.contracts.work;

import com.fasterxml.jackson.annotation.JsonIgnore;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.ObjectReference;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a restored job cost. Written last beside the result, it is the commit marker of the job.
 *
 * @param input the input as it was read, pinned by version or ETag
 * @param result where the restored image lies
 * @param resultSha256 digest of the result's bytes
 * @param contentType media type of the result
 * @param bytesIn size of the input in bytes
 * @param bytesOut size of the result in bytes
 * @param inputSize pixels read
 * @param outputSize pixels written
 * @param model name of the bundle
 * @param modelDigest SHA-256 of the bundle's manifest
 * @param modelChoice why this model; none where the request named it
 * @param policyVersion which policy granted the budget
 * @param budget what was granted for this model
 * @param inference regular or adaptive
 * @param regions pointer and score of each region, in row order
 * @param gigaMacs true multiply-adds in 10^9: halo, padding and every branch evaluated included
 * @param seconds wall seconds by phase
 * @param energy joules and how they were found
 * @param degraded whether a deadline made some region end under the target
 * @param workerId who did it
 * @param device on what
 * @param attempt of which order
 * @param traceId of the trace that shows how it was done; none where it was not traced
 * @param bodyDigest of the request that it was done for; none where that had none, and in receipts
 *     from before it was told
 */
public record Receipt(
        ObjectReference input,
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
        List<RegionReceipt> regions,
        double gigaMacs,
        PhaseSeconds seconds,
        Energy energy,
        boolean degraded,
        String workerId,
        String device,
        int attempt,
        @Nullable String traceId,
        @Nullable String bodyDigest) {
    private static final int MAX_REGIONS = 20_000;

    public Receipt {
        Require.present("input", input);
        Require.present("result", result);
        Require.sha256("resultSha256", resultSha256);
        Require.text("contentType", contentType, 64);
        Require.between("bytesIn", bytesIn, 1L, 1L << 40);
        Require.between("bytesOut", bytesOut, 1L, 1L << 40);
        Require.present("inputSize", inputSize);
        Require.present("outputSize", outputSize);
        Require.name("model", model, 128);
        Require.sha256("modelDigest", modelDigest);
        Require.text("policyVersion", policyVersion, 128);
        Require.present("budget", budget);
        Require.present("inference", inference);
        regions = Require.list("regions", regions, MAX_REGIONS);
        Require.that(!regions.isEmpty(), "regions", "must not be empty");
        Require.between("gigaMacs", gigaMacs, 0, 1e12);
        Require.present("seconds", seconds);
        Require.present("energy", energy);
        Require.name("workerId", workerId, 128);
        Require.text("device", device, 128);
        Require.between("attempt", attempt, 1, 1000);
        if (traceId != null) {
            Require.text("traceId", traceId, 32);
        }
        if (bodyDigest != null) {
            Require.sha256("bodyDigest", bodyDigest);
        }
    }

    /** Of a job that was not traced, and whose request tells no digest. */
    public Receipt(
            ObjectReference input,
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
            List<RegionReceipt> regions,
            double gigaMacs,
            PhaseSeconds seconds,
            Energy energy,
            boolean degraded,
            String workerId,
            String device,
            int attempt) {
        this(
                input,
                result,
                resultSha256,
                contentType,
                bytesIn,
                bytesOut,
                inputSize,
                outputSize,
                model,
                modelDigest,
                modelChoice,
                policyVersion,
                budget,
                inference,
                regions,
                gigaMacs,
                seconds,
                energy,
                degraded,
                workerId,
                device,
                attempt,
                null,
                null);
    }

    /** The deepest pointer that any region reached. */
    @JsonIgnore
    public int deepestPointer() {
        return regions.stream().mapToInt(RegionReceipt::pointer).max().orElseThrow();
    }

    /** Mean pointer, weighted by the regions' areas. */
    @JsonIgnore
    public double meanPointer() {
        double area = regions.stream().mapToDouble(Receipt::area).sum();
        return regions.stream().mapToDouble(region -> area(region) * region.pointer()).sum() / area;
    }

    private static double area(RegionReceipt region) {
        return (double) region.width() * region.height();
    }
}

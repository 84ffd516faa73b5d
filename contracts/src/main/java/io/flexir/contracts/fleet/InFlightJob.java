package io.flexir.contracts.fleet;

import com.fasterxml.jackson.annotation.JsonProperty;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;

/**
 * How far a worker is with one order.
 *
 * @param jobId of which job
 * @param attempt of which order
 * @param phase what it is doing
 * @param stage the B-RSTB that runs for the current regions, 0 before the first
 * @param regionsDone regions that have ended
 * @param regions all regions of the image, 0 while unknown
 */
public record InFlightJob(
        JobId jobId, int attempt, Phase phase, int stage, int regionsDone, int regions) {
    public InFlightJob {
        Require.present("jobId", jobId);
        Require.between("attempt", attempt, 1, 1000);
        Require.present("phase", phase);
        Require.between("stage", stage, 0, Depth.MAX_POINTER);
        Require.between("regions", regions, 0, 1_000_000);
        Require.between("regionsDone", regionsDone, 0, regions);
    }

    /** What is being done for an order. */
    public enum Phase {
        @JsonProperty("waiting")
        WAITING,
        @JsonProperty("fetching")
        FETCHING,
        @JsonProperty("decoding")
        DECODING,
        @JsonProperty("restoring")
        RESTORING,
        @JsonProperty("encoding")
        ENCODING,
        @JsonProperty("storing")
        STORING,
        @JsonProperty("reporting")
        REPORTING
    }
}

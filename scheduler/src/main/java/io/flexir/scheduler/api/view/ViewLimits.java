package io.flexir.scheduler.api.view;

import java.time.Duration;

/**
 * What bounds the memory of the read view. Jobs that have not ended are not dropped: their number
 * is bounded where jobs are submitted.
 *
 * @param finishedJobs ended jobs that are kept
 * @param finishedRegions regions in the receipts of those, which are most of their memory (about
 *     100 bytes each)
 * @param finishedAge how long an ended job is kept
 * @param unconfirmedAge how long a job is shown on the word of its submission alone
 * @param workerSilence how long a heartbeat counts
 */
public record ViewLimits(
        int finishedJobs,
        long finishedRegions,
        Duration finishedAge,
        Duration unconfirmedAge,
        Duration workerSilence) {
    /** For a scheduler with a heap of 512 MiB and more. */
    public static final ViewLimits DEFAULT =
            new ViewLimits(
                    50_000,
                    1_000_000,
                    Duration.ofDays(7),
                    Duration.ofMinutes(15),
                    Duration.ofSeconds(15));
}

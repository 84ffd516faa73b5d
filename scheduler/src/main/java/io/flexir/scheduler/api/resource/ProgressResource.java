package io.flexir.scheduler.api.resource;

import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.scheduler.api.view.Progress;

/** How far a running job is. */
public record ProgressResource(
        String workerId, InFlightJob.Phase phase, int stage, int regionsDone, int regions) {
    static ProgressResource of(Progress progress) {
        InFlightJob job = progress.job();
        return new ProgressResource(
                progress.workerId(), job.phase(), job.stage(), job.regionsDone(), job.regions());
    }
}

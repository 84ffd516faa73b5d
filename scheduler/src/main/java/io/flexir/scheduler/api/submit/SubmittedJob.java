package io.flexir.scheduler.api.submit;

import io.flexir.scheduler.api.view.JobSnapshot;

/**
 * A submission that was taken.
 *
 * @param job as it stands
 * @param repeated whether an earlier submission made it
 */
public record SubmittedJob(JobSnapshot job, boolean repeated) {}

package io.flexir.scheduler.api.deadletter;

import io.flexir.contracts.request.JobId;

/**
 * What came of a replay.
 *
 * @param topic of the record
 * @param jobId of the job that it is about
 * @param written false when the job was known already
 */
public record Replayed(LetterId letter, String topic, JobId jobId, boolean written) {}

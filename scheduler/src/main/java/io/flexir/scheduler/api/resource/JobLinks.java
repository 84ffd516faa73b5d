package io.flexir.scheduler.api.resource;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.JobId;

import org.jspecify.annotations.Nullable;

/**
 * Where to go from a job.
 *
 * @param result present once there is one
 */
public record JobLinks(String self, String events, @Nullable String result) {
    /** The job's own address, relative to the server. */
    public static String self(JobId id) {
        return "/v1/jobs/" + id;
    }

    static JobLinks of(JobId id, JobState state) {
        String self = self(id);
        return new JobLinks(
                self, self + "/events", state == JobState.SUCCEEDED ? self + "/result" : null);
    }
}

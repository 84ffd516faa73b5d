package io.flexir.scheduler.api.resource;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.job.JobView;
import io.flexir.scheduler.api.view.JobSnapshot;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Locale;

/** What a webhook's receiver is told of a job's end ({@code WebhookMessage}). */
public final class WebhookBody {
    private final JsonMapper mapper;

    public WebhookBody(JsonMapper mapper) {
        this.mapper = mapper;
    }

    /**
     * @param type {@code job.} and the state that it ended in
     * @param timestamp when it did
     * @param data the job, without its receipt's regions
     */
    record Message(String type, Instant timestamp, JobResource data) {}

    /** As JSON. */
    public byte[] of(JobView ended) {
        String state = ended.state().name().toLowerCase(Locale.ROOT);
        try {
            return mapper.writeValueAsBytes(
                    new Message(
                            "job." + state,
                            ended.updatedAt(),
                            JobResource.brief(new JobSnapshot(ended, true, null))));
        } catch (JsonProcessingException impossible) {
            throw new UncheckedIOException("A job could not be written as JSON", impossible);
        }
    }
}

package io.flexir.scheduler.api.resource;

import io.flexir.scheduler.api.deadletter.Replayed;

/** What came of a replay ({@code Replay} in the API description). */
public record ReplayResource(String letter, String topic, String jobId, boolean written) {
    public static ReplayResource of(Replayed replayed) {
        return new ReplayResource(
                replayed.letter().toString(),
                replayed.topic(),
                replayed.jobId().value(),
                replayed.written());
    }
}

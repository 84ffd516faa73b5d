package io.flexir.ops.bench.chaos.check;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What topics (read committed) and bucket hold after a run.
 *
 * @param acknowledged jobs that clients were told are accepted
 * @param requests every request in its topic, repeated ones too
 * @param taken offset up to which requests are committed as read, by partition
 * @param ledger jobs that the ledger's changelog has a record of
 * @param outcomes every outcome in its topic
 * @param objects what lies at each key that an outcome's receipt names
 * @param planted jobs whose workers were made to die of them
 * @param begun marks of deliveries that came back and were begun, of jobs that ended as poison
 * @param workerEnds when workers were struck so that they ended
 */
public record Evidence(
        Set<String> acknowledged,
        List<Request> requests,
        Map<Integer, Long> taken,
        Set<String> ledger,
        List<Ended> outcomes,
        Map<String, Stored> objects,
        Set<String> planted,
        List<Begun> begun,
        List<Instant> workerEnds) {

    public Evidence {
        acknowledged = Set.copyOf(acknowledged);
        requests = List.copyOf(requests);
        taken = Map.copyOf(taken);
        ledger = Set.copyOf(ledger);
        outcomes = List.copyOf(outcomes);
        objects = Map.copyOf(objects);
        planted = Set.copyOf(planted);
        begun = List.copyOf(begun);
        workerEnds = List.copyOf(workerEnds);
    }

    /** The mark in the bucket of a second or later delivery of one order, by the store's clock. */
    public record Begun(String jobId, int attempt, Instant at) {}

    /** A record of the topic of requests. */
    public record Request(int partition, long offset, String jobId) {}

    /**
     * A record of the topic of outcomes.
     *
     * @param end how it ended, such as {@code restored}
     * @param reason why it was rejected or failed
     * @param result what its receipt states
     */
    public record Ended(
            String jobId, String end, Optional<String> reason, Optional<Stated> result) {}

    /** A result as its receipt states it. */
    public record Stated(String key, String sha256) {}

    /** What lies in the bucket. */
    public sealed interface Stored {
        /** A file that opens as an image. */
        record Image(String sha256) implements Stored {}

        /** A file that does not. */
        record Unreadable(String problem) implements Stored {}

        /** Nothing. */
        record Missing() implements Stored {}
    }
}

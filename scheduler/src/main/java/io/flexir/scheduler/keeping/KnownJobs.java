package io.flexir.scheduler.keeping;

import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.scheduler.storage.ResultKeys;
import io.flexir.scheduler.storage.StoredObject;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What jobs say of the objects in the fleet's bucket. Jobs that ended long ago are known no longer:
 * of an object that is older than that, nobody can tell whether it had one.
 */
public final class KnownJobs {
    /** The clocks of store and schedulers differ. */
    private static final Duration CLOCKS = Duration.ofHours(1);

    private final Instant allEndedSince;
    private final Set<String> needed = new HashSet<>();
    private final Map<String, Instant> lastUses = new HashMap<>();
    private final Map<String, Result> results = new HashMap<>();

    /**
     * @param bucket the fleet's
     * @param jobs that are known
     * @param allEndedSince every job that ended later is among them, and every one that has not
     */
    public KnownJobs(String bucket, Stream<JobView> jobs, Instant allEndedSince) {
        this.allEndedSince = allEndedSince;
        jobs.forEach(job -> add(bucket, job));
    }

    private void add(String bucket, JobView job) {
        ObjectReference input = job.request().input();
        Outcome outcome = job.outcome();
        boolean ours = input.bucket().equals(bucket);
        if (outcome == null) {
            if (ours) {
                needed.add(input.key());
            }
            needed.add(directoryOf(job));
            return;
        }
        if (ours) {
            lastUses.merge(
                    input.key(),
                    outcome.finishedAt(),
                    (one, other) -> one.isAfter(other) ? one : other);
        }
        String result =
                outcome instanceof Outcome.Restored restored
                        ? restored.receipt().result().key()
                        : null;
        results.put(directoryOf(job), new Result(result, outcome.finishedAt()));
    }

    private static String directoryOf(JobView job) {
        return ResultKeys.prefix(job.request().tenant(), job.request().jobId());
    }

    /** Whether a job that has not ended may still read or write it. */
    boolean isNeeded(String key) {
        return needed.contains(key) || needed.contains(ResultKeys.directoryOf(key));
    }

    /** When the last job ended that named it. */
    Optional<Instant> lastUseOf(String key) {
        return Optional.ofNullable(lastUses.get(key));
    }

    /** What its job came to, where that is known. */
    Optional<Result> resultOf(String key) {
        return Optional.ofNullable(results.get(ResultKeys.directoryOf(key)));
    }

    /** Whether its job, if it had one, would be known. */
    boolean wouldKnowJobOf(StoredObject object) {
        return object.storedAt().isAfter(allEndedSince.plus(CLOCKS));
    }

    /**
     * How a job ended.
     *
     * @param key of the result that counts; none where there is none
     */
    record Result(@Nullable String key, Instant endedAt) {
        /** Whether an object is the result that counts, or its receipt. */
        boolean counts(String object) {
            return key != null
                    && (object.equals(key) || object.equals(ResultKeys.receiptBeside(key)));
        }
    }
}

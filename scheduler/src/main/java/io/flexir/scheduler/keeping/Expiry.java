package io.flexir.scheduler.keeping;

import io.flexir.scheduler.storage.ResultKeys;
import io.flexir.scheduler.storage.StoredObject;
import io.flexir.scheduler.storage.UploadKeys;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Why an object may be deleted. Decided by what is known of jobs; what is not known keeps it. */
public enum Expiry {
    /** It belongs to no job. */
    ORPHAN,
    /** The jobs that named it ended long ago. */
    INPUT,
    /** Its job ended long ago. */
    RESULT;

    /**
     * Why this object is to go, if it is.
     *
     * @param jobs what is known now
     */
    public static Optional<Expiry> of(
            StoredObject object, KnownJobs jobs, KeepingRules rules, Instant now) {
        if (jobs.isNeeded(object.key())) {
            return Optional.empty();
        }
        if (object.key().startsWith(UploadKeys.ROOT)) {
            return ofUpload(object, jobs, rules, now);
        }
        return object.key().startsWith(ResultKeys.ROOT)
                ? ofResult(object, jobs, rules, now)
                : Optional.empty();
    }

    private static Optional<Expiry> ofUpload(
            StoredObject object, KnownJobs jobs, KeepingRules rules, Instant now) {
        Optional<Instant> lastUse = jobs.lastUseOf(object.key());
        if (lastUse.isEmpty() && jobs.wouldKnowJobOf(object)) {
            return orphan(object, rules, now);
        }
        return isOver(lastUse.orElse(object.storedAt()), rules.inputs(), now)
                ? Optional.of(INPUT)
                : Optional.empty();
    }

    private static Optional<Expiry> ofResult(
            StoredObject object, KnownJobs jobs, KeepingRules rules, Instant now) {
        Optional<KnownJobs.Result> result = jobs.resultOf(object.key());
        boolean orphan =
                result.map(known -> !known.counts(object.key()))
                        .orElseGet(() -> jobs.wouldKnowJobOf(object));
        if (orphan) {
            return orphan(object, rules, now);
        }
        Instant since = result.map(KnownJobs.Result::endedAt).orElse(object.storedAt());
        return isOver(since, rules.results(), now) ? Optional.of(RESULT) : Optional.empty();
    }

    private static Optional<Expiry> orphan(StoredObject object, KeepingRules rules, Instant now) {
        boolean over = object.storedAt().plus(rules.orphans()).isBefore(now);
        return over ? Optional.of(ORPHAN) : Optional.empty();
    }

    private static boolean isOver(Instant since, Duration kept, Instant now) {
        return !kept.isZero() && since.plus(kept).isBefore(now);
    }
}

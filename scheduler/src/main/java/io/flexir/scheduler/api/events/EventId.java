package io.flexir.scheduler.api.events;

import io.flexir.scheduler.api.view.JobSnapshot;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where in a job's life an event lies: when the ledger last spoke, and when the worker did. It is
 * made of the event itself, so a stream can be resumed at any scheduler.
 *
 * @param ledgerMillis epoch milliseconds of the job's latest view
 * @param workerMillis epoch milliseconds of the heartbeat in it, 0 where there is none
 */
record EventId(long ledgerMillis, long workerMillis) implements Comparable<EventId> {
    private static final Pattern FORM = Pattern.compile("([0-9]{1,15})-([0-9]{1,15})");
    private static final Comparator<EventId> ORDER =
            Comparator.comparingLong(EventId::ledgerMillis)
                    .thenComparingLong(EventId::workerMillis);

    static EventId of(JobSnapshot job) {
        Instant heard = job.progress() == null ? Instant.EPOCH : job.progress().heardAt();
        return new EventId(job.view().updatedAt().toEpochMilli(), heard.toEpochMilli());
    }

    /** Reads a {@code Last-Event-ID}; empty when it is none of ours. */
    static Optional<EventId> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches()
                ? Optional.of(
                        new EventId(
                                Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(EventId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return ledgerMillis + "-" + workerMillis;
    }
}

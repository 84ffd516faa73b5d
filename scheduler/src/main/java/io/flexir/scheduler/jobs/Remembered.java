package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;

import java.time.Instant;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/** Jobs of one task that have ended, oldest first. One thread. */
final class Remembered implements LedgerView {
    private final NavigableSet<Entry> entries =
            new TreeSet<>(Comparator.comparing(Entry::endedAt).thenComparing(Entry::jobId));

    record Entry(Instant endedAt, JobId jobId) {}

    @Override
    public void entered(JobId id, Job state) {
        if (state instanceof Job.Settled settled) {
            entries.add(new Entry(settled.at(), id));
        }
    }

    @Override
    public void left(JobId id, Job state) {
        if (state instanceof Job.Settled settled) {
            entries.remove(new Entry(settled.at(), id));
        }
    }

    /** The oldest, if it ended before an instant or there are more than {@code atMost}. */
    Optional<JobId> due(Instant endedBefore, int atMost) {
        if (entries.isEmpty()) {
            return Optional.empty();
        }
        Entry oldest = entries.first();
        boolean due = oldest.endedAt().isBefore(endedBefore) || entries.size() > atMost;
        return due ? Optional.of(oldest.jobId()) : Optional.empty();
    }
}

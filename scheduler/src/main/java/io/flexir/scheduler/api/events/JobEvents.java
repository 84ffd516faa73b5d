package io.flexir.scheduler.api.events;

import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.job.JobState;
import io.flexir.scheduler.api.view.JobSnapshot;

import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.Optional;

/**
 * Decides what one client has yet to be told. Each event holds the whole job, so only the latest is
 * ever owed: a slow or returning client skips what lies between, and never misses the end. Not
 * thread-safe.
 */
final class JobEvents {
    private @Nullable EventId last;
    private @Nullable JobState lastState;
    private int lastAttempt;
    private @Nullable InFlightJob lastProgress;

    /**
     * @param last what the client saw before it reconnected; null for a new client
     */
    JobEvents(@Nullable EventId last) {
        this.last = last;
    }

    /** Whether the client has seen that this job has ended. */
    boolean sawEnd(JobSnapshot job) {
        return job.state().isFinal() && last != null && EventId.of(job).compareTo(last) <= 0;
    }

    /** What to tell of the job as it stands now, if anything. It counts as told. */
    Optional<JobEvent> next(JobSnapshot job) {
        EventId id = EventId.of(job);
        JobState state = job.state();
        boolean seen = last != null && id.compareTo(last) <= 0;
        if (!state.isFinal() && (seen || nothingNew(job))) {
            return Optional.empty();
        }
        JobEvent.Kind kind = kindOf(state, job.view().attempt());
        last = id;
        lastState = state;
        lastAttempt = job.view().attempt();
        lastProgress = job.progress() == null ? null : job.progress().job();
        return Optional.of(new JobEvent(id, kind, job));
    }

    private boolean nothingNew(JobSnapshot job) {
        InFlightJob progress = job.progress() == null ? null : job.progress().job();
        return job.state() == lastState
                && job.view().attempt() == lastAttempt
                && Objects.equals(progress, lastProgress);
    }

    private JobEvent.Kind kindOf(JobState state, int attempt) {
        if (state.isFinal()) {
            return JobEvent.Kind.FINAL;
        }
        return state == lastState && attempt == lastAttempt
                ? JobEvent.Kind.PROGRESS
                : JobEvent.Kind.STATE;
    }
}

package io.flexir.scheduler.api.view;

import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.JobId;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The latest heartbeat of each worker. Readers never wait; there is one writer, the follower of the
 * topic.
 */
public final class FleetView {
    private static final int MAX_WORKERS = 10_000;
    // A worker that has been silent this often longer than is usual is not shown any more.
    private static final int FORGOTTEN_AFTER_SILENCES = 20;

    private final Duration silence;
    private final Map<String, WorkerHeartbeat> workers = new ConcurrentHashMap<>();
    private final Map<JobId, Progress> progress = new ConcurrentHashMap<>();

    /**
     * @param silence how long a heartbeat counts
     */
    public FleetView(Duration silence) {
        this.silence = silence;
    }

    /** Workers by id. */
    public List<WorkerHeartbeat> workers() {
        return workers.values().stream()
                .sorted(Comparator.comparing(WorkerHeartbeat::workerId))
                .toList();
    }

    /** Whether a heartbeat is so old that its worker may be gone. */
    public boolean silent(WorkerHeartbeat heartbeat, Instant now) {
        return heartbeat.at().isBefore(now.minus(silence));
    }

    /** How far the given order of a job is, where a heartbeat that still counts says so. */
    public Optional<Progress> progressOf(JobId id, int attempt, Instant now) {
        return Optional.ofNullable(progress.get(id))
                .filter(found -> found.job().attempt() == attempt)
                .filter(found -> !found.heardAt().isBefore(now.minus(silence)));
    }

    /**
     * A worker speaks.
     *
     * @return jobs of which there is news
     */
    public Set<JobId> apply(WorkerHeartbeat heartbeat) {
        if (workers.size() >= MAX_WORKERS && !workers.containsKey(heartbeat.workerId())) {
            return Set.of();
        }
        WorkerHeartbeat before =
                heartbeat.state() == WorkerHeartbeat.State.STOPPED
                        ? workers.remove(heartbeat.workerId())
                        : workers.put(heartbeat.workerId(), heartbeat);
        Set<JobId> news =
                Stream.concat(jobsOf(before), jobsOf(heartbeat)).collect(Collectors.toSet());
        heartbeat
                .inFlight()
                .forEach(
                        job ->
                                progress.put(
                                        job.jobId(),
                                        new Progress(heartbeat.workerId(), job, heartbeat.at())));
        Set<JobId> held = jobsOf(heartbeat).collect(Collectors.toSet());
        jobsOf(before)
                .filter(id -> !held.contains(id))
                .forEach(id -> letGo(id, heartbeat.workerId()));
        return news;
    }

    /** A worker's record was deleted. */
    public void forget(String workerId) {
        WorkerHeartbeat before = workers.remove(workerId);
        jobsOf(before).forEach(id -> letGo(id, workerId));
    }

    /** Forgets workers that have long been silent. */
    public void sweep(Instant now) {
        Instant limit = now.minus(silence.multipliedBy(FORGOTTEN_AFTER_SILENCES));
        workers.values().stream()
                .filter(heartbeat -> heartbeat.at().isBefore(limit))
                .map(WorkerHeartbeat::workerId)
                .toList()
                .forEach(this::forget);
    }

    private void letGo(JobId id, String workerId) {
        progress.computeIfPresent(
                id, (job, found) -> found.workerId().equals(workerId) ? null : found);
    }

    private static Stream<JobId> jobsOf(@Nullable WorkerHeartbeat heartbeat) {
        return heartbeat == null
                ? Stream.of()
                : heartbeat.inFlight().stream().map(InFlightJob::jobId);
    }
}

package io.flexir.scheduler.api.submit;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.RateLimits;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectListing;
import io.flexir.scheduler.storage.StorageException;
import io.opentelemetry.context.Context;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Makes the jobs of batches, a bounded number at once for all batches together. Thread-safe. */
public final class BatchJobs {
    private static final int AT_ONCE = 32;
    private static final Duration RETRY_OUTAGE = Duration.ofSeconds(2);

    private final JobIntake intake;
    private final RateLimits rates;
    private final SchedulerMetrics metrics;
    private final Executor threads;
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /**
     * @param rates every job that is made counts as a request
     * @param threads starts a thread for each call
     */
    public BatchJobs(
            JobIntake intake, RateLimits rates, SchedulerMetrics metrics, Executor threads) {
        this.intake = intake;
        this.rates = rates;
        this.metrics = metrics;
        this.threads = threads;
    }

    /** What became of one object. */
    private sealed interface Made {
        record Job(SubmittedJob job) implements Made {}

        record No(SubmittedBatch.Refused refused) implements Made {}

        /** Nothing was made, and nothing more can be for now. */
        record Not() implements Made {}
    }

    /**
     * @throws RefusedException when no job is made at all
     */
    SubmittedBatch make(
            TenantId tenant,
            BatchId id,
            BatchSubmission submission,
            String digest,
            ObjectListing.Found found) {
        AtomicReference<@Nullable Problem> obstacle = new AtomicReference<>();
        List<CompletableFuture<Made>> makings = new ArrayList<>();
        for (String key : found.keys()) {
            places.acquireUninterruptibly();
            if (obstacle.get() != null) {
                places.release();
                break;
            }
            makings.add(
                    CompletableFuture.supplyAsync(
                            Context.current()
                                    .wrapSupplier(
                                            () ->
                                                    makeOne(
                                                            tenant,
                                                            id,
                                                            submission,
                                                            digest,
                                                            key,
                                                            obstacle)),
                            threads));
        }
        return collected(
                id,
                makings.stream().map(CompletableFuture::join).toList(),
                obstacle.get(),
                found.more() ? found.keys().getLast() : null);
    }

    private Made makeOne(
            TenantId tenant,
            BatchId id,
            BatchSubmission submission,
            String digest,
            String key,
            AtomicReference<@Nullable Problem> obstacle) {
        try {
            if (obstacle.get() != null) {
                return new Made.Not();
            }
            ObjectReference object = ObjectReference.latest(submission.input().bucket(), key);
            return new Made.Job(
                    intake.submit(
                            tenant,
                            JobIds.of(tenant, id, object),
                            submission.of(key),
                            digest,
                            id,
                            () -> requireRate(tenant)));
        } catch (RefusedException refusal) {
            Problem problem = refusal.problem();
            if (problem.kind().status() == 422) {
                return new Made.No(new SubmittedBatch.Refused(key, problem));
            }
            obstacle.compareAndSet(null, problem);
            return new Made.Not();
        } catch (InvalidFieldException unusable) {
            // A store takes keys that no message may hold, as those with control characters.
            return new Made.No(
                    new SubmittedBatch.Refused(
                            key,
                            Problem.ofField(
                                    ProblemKind.UNPROCESSABLE,
                                    unusable.field(),
                                    unusable.problem())));
        } catch (StorageException outage) {
            obstacle.compareAndSet(
                    null,
                    Problem.later(
                            ProblemKind.UNAVAILABLE,
                            "The object store does not answer.",
                            RETRY_OUTAGE));
            return new Made.Not();
        } finally {
            places.release();
        }
    }

    private void requireRate(TenantId tenant) {
        Optional<Duration> wait = rates.excess(tenant);
        if (wait.isPresent()) {
            metrics.refused(SchedulerMetrics.Bound.RATE);
            throw new RefusedException(
                    Problem.later(
                            ProblemKind.RATE_LIMITED,
                            "Tenant " + tenant + " submits more jobs a second than it may.",
                            wait.get().plusMillis(999).truncatedTo(ChronoUnit.SECONDS)));
        }
    }

    private static SubmittedBatch collected(
            BatchId id, List<Made> all, @Nullable Problem obstacle, @Nullable String next) {
        List<JobSnapshot> jobs = new ArrayList<>();
        List<SubmittedBatch.Refused> refused = new ArrayList<>();
        boolean repeated = obstacle == null;
        for (Made made : all) {
            switch (made) {
                case Made.Job(SubmittedJob job) -> {
                    jobs.add(job.job());
                    repeated &= job.repeated();
                }
                case Made.No(SubmittedBatch.Refused no) -> refused.add(no);
                case Made.Not() -> {}
            }
        }
        if (jobs.isEmpty()) {
            throw new RefusedException(obstacle != null ? obstacle : refused.getFirst().problem());
        }
        return new SubmittedBatch(id, jobs, refused, obstacle, next, repeated);
    }
}

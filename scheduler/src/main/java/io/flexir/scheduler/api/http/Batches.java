package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.resource.BatchLinks;
import io.flexir.scheduler.api.resource.BatchResource;
import io.flexir.scheduler.api.resource.SubmittedBatchResource;
import io.flexir.scheduler.api.submit.BatchIntake;
import io.flexir.scheduler.api.submit.JobCancellation;
import io.flexir.scheduler.api.submit.JobIntake;
import io.flexir.scheduler.api.submit.SubmittedBatch;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** {@code submitBatch}, {@code getBatch} and {@code cancelBatch}. */
public final class Batches {
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** So few places of all that may block are given to those who wait for what nobody knows. */
    private static final int SHARE_OF_CALLS = 4;

    private final BatchIntake batches;
    private final JobIntake intake;
    private final JobCancellation cancellation;
    private final ReadView view;
    private final Duration patience;
    private final Semaphore waiting;
    private final BlockingCalls calls;
    private final Answers answers;

    /**
     * @param patience how long an unknown batch is waited for
     */
    public Batches(
            BatchIntake batches,
            JobIntake intake,
            JobCancellation cancellation,
            ReadView view,
            Duration patience,
            BlockingCalls calls,
            Answers answers) {
        this.batches = batches;
        this.intake = intake;
        this.cancellation = cancellation;
        this.view = view;
        this.patience = patience;
        this.waiting = new Semaphore(Math.max(1, calls.most() / SHARE_OF_CALLS));
        this.calls = calls;
        this.answers = answers;
    }

    public void submit(RoutingContext context) {
        TenantId tenant = Caller.tenant(context);
        String key = context.request().getHeader("Idempotency-Key");
        Buffer body =
                Objects.requireNonNull(context.body().buffer(), "the contract asks for a body");
        intake.requirePlace(key);
        calls.run(
                        RequestObserver.traced(
                                context, () -> batches.submit(tenant, key, body.getBytes())))
                .onSuccess(batch -> answer(context, batch))
                .onFailure(context::fail);
    }

    private void answer(RoutingContext context, SubmittedBatch batch) {
        context.response().putHeader("Location", BatchLinks.self(batch.id()));
        Problem problem = batch.problem();
        Duration wait = problem == null ? null : problem.retryAfter();
        if (wait != null) {
            context.response().putHeader("Retry-After", Long.toString(wait.toSeconds()));
        }
        answers.send(context, batch.repeated() ? 200 : 202, SubmittedBatchResource.of(batch));
    }

    public void get(RoutingContext context) {
        TenantId tenant = Caller.tenant(context);
        BatchId id = named(context);
        calls.run(() -> BatchResource.of(id, known(tenant, id)))
                .onSuccess(batch -> answers.send(context, 200, batch))
                .onFailure(context::fail);
    }

    public void cancel(RoutingContext context) {
        TenantId tenant = Caller.tenant(context);
        BatchId id = named(context);
        calls.run(
                        () -> {
                            List<JobSnapshot> jobs = known(tenant, id);
                            return new Cancelled(
                                    cancellation.cancelOpen(jobs), BatchResource.of(id, jobs));
                        })
                .onSuccess(
                        cancelled ->
                                answers.send(
                                        context, cancelled.asked() ? 202 : 200, cancelled.before()))
                .onFailure(context::fail);
    }

    /**
     * @param asked whether there was anything left to take back
     * @param before the batch before it takes effect
     */
    private record Cancelled(boolean asked, BatchResource before) {}

    private static BatchId named(RoutingContext context) {
        return new BatchId(
                Objects.requireNonNull(context.pathParam("batchId"), "the path names a batch"));
    }

    /** One that is unknown may have been submitted a moment ago to another scheduler. */
    private List<JobSnapshot> known(TenantId tenant, BatchId id) {
        List<JobSnapshot> now = view.batch(tenant, id);
        if (!now.isEmpty()) {
            return now;
        }
        if (!waiting.tryAcquire()) {
            throw new RefusedException(
                    Problem.later(
                            ProblemKind.BUSY,
                            "Too many clients wait for batches that nobody has heard of.",
                            Duration.ofSeconds(1)));
        }
        try {
            return awaited(tenant, id);
        } finally {
            waiting.release();
        }
    }

    private List<JobSnapshot> awaited(TenantId tenant, BatchId id) {
        long until = System.nanoTime() + patience.toNanos();
        while (true) {
            List<JobSnapshot> jobs = view.batch(tenant, id);
            if (!jobs.isEmpty()) {
                return jobs;
            }
            if (System.nanoTime() >= until) {
                throw new RefusedException(
                        Problem.of(
                                ProblemKind.UNKNOWN_BATCH,
                                "No batch is called " + id + ", or its jobs ended too long ago."));
            }
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
    }
}

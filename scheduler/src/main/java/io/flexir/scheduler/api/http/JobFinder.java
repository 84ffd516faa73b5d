package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.view.JobAwaiter;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;

/**
 * Finds the job that a request names. One that is unknown may have been submitted a moment ago to
 * another scheduler, so it is waited for before the answer is no.
 */
public final class JobFinder {
    private static final int MAX_WAITING = 1000;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final ReadView view;
    private final JobAwaiter awaiter;
    private final Duration patience;
    private final SchedulerMetrics metrics;
    private final Semaphore places = new Semaphore(MAX_WAITING);

    /**
     * @param patience how long an unknown job is waited for
     */
    public JobFinder(ReadView view, Duration patience, SchedulerMetrics metrics) {
        this.view = view;
        this.awaiter = new JobAwaiter(view);
        this.patience = patience;
        this.metrics = metrics;
    }

    /** The job, on the request's own context; fails with the problem that answers the request. */
    Future<JobSnapshot> find(RoutingContext context) {
        TenantId tenant = Caller.tenant(context);
        JobId id = Caller.jobId(context);
        Optional<JobSnapshot> known = view.find(tenant, id);
        if (known.isPresent()) {
            return Future.succeededFuture(known.get());
        }
        if (!places.tryAcquire()) {
            metrics.refused(SchedulerMetrics.Bound.STREAMS);
            return Future.failedFuture(
                    new RefusedException(
                            Problem.later(
                                    ProblemKind.BUSY,
                                    "Too many clients wait for jobs that nobody has heard of.",
                                    RETRY_AFTER)));
        }
        var waited = awaiter.await(tenant, id, job -> true, patience);
        return Future.fromCompletionStage(waited, BlockingCalls.here())
                .onComplete(done -> places.release())
                .map(found -> found.orElseThrow(() -> unknown(id)));
    }

    private static RefusedException unknown(JobId id) {
        return new RefusedException(
                Problem.of(
                        ProblemKind.UNKNOWN_JOB,
                        "No job is called " + id + ", or it ended too long ago."));
    }
}

package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;

/**
 * Runs calls that block away from the event loops, a bounded number at once; what is past that is
 * refused at once.
 */
public final class BlockingCalls {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final Executor executor;
    private final int most;
    private final Semaphore places;
    private final SchedulerMetrics metrics;

    /**
     * @param executor starts a thread for each call
     */
    public BlockingCalls(Executor executor, int maxCalls, SchedulerMetrics metrics) {
        this.executor = executor;
        this.most = maxCalls;
        this.places = new Semaphore(maxCalls);
        this.metrics = metrics;
    }

    /**
     * The call's result, on the context that this is called on; fails as the call does, or with
     * {@link RefusedException} when full.
     */
    public <T> Future<T> run(Callable<T> call) {
        if (!places.tryAcquire()) {
            metrics.refused(SchedulerMetrics.Bound.CALLS);
            return Future.failedFuture(
                    new RefusedException(
                            Problem.later(
                                    ProblemKind.BUSY,
                                    "The scheduler is doing all it can at once.",
                                    RETRY_AFTER)));
        }
        Context context = here();
        Promise<T> promise = Promise.promise();
        executor.execute(
                () -> {
                    try {
                        T result = call.call();
                        context.runOnContext(now -> promise.complete(result));
                    } catch (Throwable failure) {
                        context.runOnContext(now -> promise.fail(failure));
                    } finally {
                        places.release();
                    }
                });
        return promise.future();
    }

    /** Calls at once, at most. */
    int most() {
        return most;
    }

    /** The context that handlers run on. */
    public static Context here() {
        return Objects.requireNonNull(Vertx.currentContext(), "handlers run on a context");
    }
}

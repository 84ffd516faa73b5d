package io.flexir.scheduler.api.http;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.resource.JobPageResource;
import io.flexir.scheduler.api.resource.JobResource;
import io.flexir.scheduler.api.view.JobFilter;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.PagePosition;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.storage.ObjectLookup;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.storage.StorageException;
import io.vertx.ext.web.RoutingContext;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code getJob}, {@code listJobs} and {@code getResult}. */
public final class JobReads {
    private static final Logger LOG = LoggerFactory.getLogger(JobReads.class);
    private static final int DEFAULT_PAGE = 50;
    private static final Duration RETRY_UNFINISHED = Duration.ofSeconds(1);

    private final ReadView view;
    private final JobFinder finder;
    private final ObjectStore store;
    private final BlockingCalls calls;
    private final Answers answers;

    public JobReads(
            ReadView view,
            JobFinder finder,
            ObjectStore store,
            BlockingCalls calls,
            Answers answers) {
        this.view = view;
        this.finder = finder;
        this.store = store;
        this.calls = calls;
        this.answers = answers;
    }

    public void get(RoutingContext context) {
        finder.find(context)
                .onSuccess(job -> answers.send(context, 200, JobResource.whole(job)))
                .onFailure(context::fail);
    }

    public void list(RoutingContext context) {
        TenantId tenant = Caller.tenant(context);
        String limit = context.queryParams().get("limit");
        JobFilter filter = filter(context);
        PagePosition after = position(context.queryParams().get("cursor"));
        int size = limit == null ? DEFAULT_PAGE : Integer.parseInt(limit);
        // A filter that few jobs pass may walk the whole view: not on an event loop.
        calls.run(() -> JobPageResource.of(view.page(tenant, filter, after, size)))
                .onSuccess(page -> answers.send(context, 200, page))
                .onFailure(context::fail);
    }

    public void result(RoutingContext context) {
        finder.find(context)
                .map(JobReads::resultOf)
                .compose(result -> calls.run(() -> addressOf(result)))
                .onSuccess(
                        address ->
                                context.response()
                                        .setStatusCode(303)
                                        .putHeader("Location", address.toString())
                                        .putHeader("Cache-Control", "no-store")
                                        .end())
                .onFailure(context::fail);
    }

    /**
     * Whether it is still there is asked of a store that answers; one that does not may be back.
     */
    private URI addressOf(ObjectReference result) {
        try {
            if (store.find(result) instanceof ObjectLookup.Missing) {
                throw new RefusedException(
                        Problem.of(
                                ProblemKind.RESULT_GONE,
                                "The result was deleted: results are kept for a while only."));
            }
        } catch (StorageException unanswered) {
            LOG.debug("event=result_not_looked_for key={}", result.key());
        }
        return store.addressToRead(result);
    }

    private static ObjectReference resultOf(JobSnapshot job) {
        if (job.view().outcome() instanceof Outcome.Restored restored) {
            return restored.receipt().result();
        }
        String state = job.state().name().toLowerCase(Locale.ROOT);
        throw new RefusedException(
                job.state().isFinal()
                        ? Problem.of(
                                ProblemKind.NO_RESULT,
                                "Job " + job.id() + " has ended as " + state + ".")
                        : Problem.later(
                                ProblemKind.NOT_FINISHED,
                                "Job " + job.id() + " is " + state + ".",
                                RETRY_UNFINISHED));
    }

    private static JobFilter filter(RoutingContext context) {
        String states = context.queryParams().get("state");
        String batch = context.queryParams().get("batch");
        return new JobFilter(
                states == null
                        ? Set.of()
                        : Stream.of(states.split(",", -1))
                                .map(JobReads::state)
                                .collect(Collectors.toSet()),
                context.queryParams().get("model"),
                batch == null ? null : new BatchId(batch));
    }

    private static JobState state(String name) {
        return JobState.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static @Nullable PagePosition position(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        return PagePosition.fromCursor(cursor)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Problem.ofField(
                                                ProblemKind.INVALID,
                                                "cursor",
                                                "is not the nextCursor of a page of this list")));
    }
}

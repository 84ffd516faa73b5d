package io.flexir.scheduler.api.http;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.keeping.JobPurge;
import io.flexir.scheduler.api.resource.JobLinks;
import io.flexir.scheduler.api.resource.JobResource;
import io.flexir.scheduler.api.submit.JobCancellation;
import io.flexir.scheduler.api.submit.JobIntake;
import io.flexir.scheduler.api.submit.JobRetry;
import io.flexir.scheduler.api.submit.SubmittedJob;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

import java.util.Objects;

/** {@code submitJob}, {@code cancelJob} and {@code retryJob}. */
public final class JobWrites {
    private final JobIntake intake;
    private final JobCancellation cancellation;
    private final JobRetry retry;
    private final JobPurge purge;
    private final JobFinder finder;
    private final BlockingCalls calls;
    private final Answers answers;

    public JobWrites(
            JobIntake intake,
            JobCancellation cancellation,
            JobRetry retry,
            JobPurge purge,
            JobFinder finder,
            BlockingCalls calls,
            Answers answers) {
        this.intake = intake;
        this.cancellation = cancellation;
        this.retry = retry;
        this.purge = purge;
        this.finder = finder;
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
                                context, () -> intake.submit(tenant, key, body.getBytes())))
                .onSuccess(submitted -> answer(context, submitted))
                .onFailure(context::fail);
    }

    public void cancel(RoutingContext context) {
        if (Boolean.parseBoolean(context.queryParams().get("purge"))) {
            purge(context);
            return;
        }
        finder.find(context)
                .compose(
                        job ->
                                calls.run(() -> cancellation.cancel(job))
                                        .onSuccess(
                                                asked ->
                                                        answers.send(
                                                                context,
                                                                asked ? 202 : 200,
                                                                JobResource.whole(job))))
                .onFailure(context::fail);
    }

    private void purge(RoutingContext context) {
        finder.find(context)
                .compose(
                        job ->
                                calls.run(
                                        () -> {
                                            purge.purge(job);
                                            return job;
                                        }))
                .onSuccess(job -> answers.send(context, 202, JobResource.whole(job)))
                .onFailure(context::fail);
    }

    public void retry(RoutingContext context) {
        finder.find(context)
                .compose(job -> calls.run(RequestObserver.traced(context, () -> retry.retry(job))))
                .onSuccess(submitted -> answer(context, submitted))
                .onFailure(context::fail);
    }

    private void answer(RoutingContext context, SubmittedJob submitted) {
        context.response().putHeader("Location", JobLinks.self(submitted.job().id()));
        answers.send(context, submitted.repeated() ? 200 : 202, JobResource.whole(submitted.job()));
    }
}

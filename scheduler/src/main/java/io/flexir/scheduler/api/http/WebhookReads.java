package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.resource.WebhookDeliveryResource;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.webhook.Webhooks;
import io.vertx.ext.web.RoutingContext;

/** {@code getWebhookDeliveries}. */
public final class WebhookReads {
    private final JobFinder finder;
    private final Webhooks webhooks;
    private final Answers answers;

    public WebhookReads(JobFinder finder, Webhooks webhooks, Answers answers) {
        this.finder = finder;
        this.webhooks = webhooks;
        this.answers = answers;
    }

    public void get(RoutingContext context) {
        finder.find(context)
                .map(this::deliveries)
                .onSuccess(found -> answers.send(context, 200, found))
                .onFailure(context::fail);
    }

    private WebhookDeliveryResource deliveries(JobSnapshot job) {
        String url = job.view().request().webhook();
        if (url == null) {
            throw new RefusedException(
                    Problem.of(
                            ProblemKind.NO_WEBHOOK,
                            "Job " + job.id() + " was submitted without a webhook."));
        }
        return webhooks.find(job.tenant(), job.id())
                .map(WebhookDeliveryResource::of)
                .orElseGet(() -> WebhookDeliveryResource.notYet(url, Webhooks.messageId(job.id())));
    }
}

package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.estimate.Estimator;
import io.flexir.scheduler.api.resource.EstimateResource;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

import java.util.Objects;

/** {@code estimateJob}. */
public final class Estimates {
    private final Estimator estimator;
    private final BlockingCalls calls;
    private final Answers answers;

    public Estimates(Estimator estimator, BlockingCalls calls, Answers answers) {
        this.estimator = estimator;
        this.calls = calls;
        this.answers = answers;
    }

    public void estimate(RoutingContext context) {
        Buffer body =
                Objects.requireNonNull(context.body().buffer(), "the contract asks for a body");
        calls.run(() -> EstimateResource.of(estimator.estimate(body.getBytes())))
                .onSuccess(estimate -> answers.send(context, 200, estimate))
                .onFailure(context::fail);
    }
}

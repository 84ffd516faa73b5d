package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.control.PolicyControl;
import io.flexir.scheduler.api.control.PolicyControl.Changed;
import io.flexir.scheduler.api.resource.PolicyResource;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;

import java.util.Objects;
import java.util.concurrent.Callable;

/** {@code getPolicy}, {@code putPolicy} and {@code resetPolicy}. */
public final class Policies {
    private final PolicyControl control;
    private final BlockingCalls calls;
    private final Answers answers;

    public Policies(PolicyControl control, BlockingCalls calls, Answers answers) {
        this.control = control;
        this.calls = calls;
        this.answers = answers;
    }

    public void get(RoutingContext context) {
        answers.send(context, 200, PolicyResource.of(control.inForce()));
    }

    public void put(RoutingContext context) {
        Buffer body =
                Objects.requireNonNull(context.body().buffer(), "the contract asks for a body");
        answer(context, () -> control.change(body.getBytes()));
    }

    public void reset(RoutingContext context) {
        answer(context, control::reset);
    }

    private void answer(RoutingContext context, Callable<Changed> change) {
        calls.run(change)
                .onSuccess(
                        changed ->
                                answers.send(
                                        context,
                                        changed.taken() ? 200 : 202,
                                        PolicyResource.of(changed.now())))
                .onFailure(context::fail);
    }
}

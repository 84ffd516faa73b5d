package io.flexir.scheduler.api.http;

import io.flexir.contracts.control.ControlRecord.RunExperiment;
import io.flexir.scheduler.api.control.ExperimentControl;
import io.flexir.scheduler.api.resource.ExperimentResource;
import io.vertx.ext.web.RoutingContext;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Experiments, and the feedback that they are judged by. */
public final class Experiments {
    private final ExperimentControl control;
    private final JobFinder finder;
    private final BlockingCalls calls;
    private final Answers answers;

    public Experiments(
            ExperimentControl control, JobFinder finder, BlockingCalls calls, Answers answers) {
        this.control = control;
        this.finder = finder;
        this.calls = calls;
        this.answers = answers;
    }

    public void list(RoutingContext context) {
        List<ExperimentResource> all =
                control.all().stream().map(run -> ExperimentResource.of(run, null)).toList();
        answers.send(context, 200, Map.of("experiments", all));
    }

    public void get(RoutingContext context) {
        String name = name(context);
        // Results walk the whole view: not on an event loop.
        answer(
                context,
                200,
                () -> {
                    RunExperiment run = control.find(name);
                    return ExperimentResource.of(run, control.results(run));
                });
    }

    public void put(RoutingContext context) {
        String name = name(context);
        byte[] body = body(context);
        answer(context, 202, () -> ExperimentResource.of(control.start(name, body), null));
    }

    public void promote(RoutingContext context) {
        String name = name(context);
        byte[] body = body(context);
        answer(context, 202, () -> ExperimentResource.of(control.promote(name, body), null));
    }

    public void end(RoutingContext context) {
        String name = name(context);
        calls.run(
                        () -> {
                            control.end(name);
                            return name;
                        })
                .onSuccess(ended -> context.response().setStatusCode(204).end())
                .onFailure(context::fail);
    }

    public void rate(RoutingContext context) {
        byte[] body = body(context);
        finder.find(context)
                .compose(
                        job ->
                                calls.run(
                                        () -> {
                                            control.rate(job, body);
                                            return job;
                                        }))
                .onSuccess(rated -> context.response().setStatusCode(204).end())
                .onFailure(context::fail);
    }

    private void answer(RoutingContext context, int status, Callable<ExperimentResource> call) {
        calls.run(call)
                .onSuccess(experiment -> answers.send(context, status, experiment))
                .onFailure(context::fail);
    }

    /** Only where the contract has checked the path. */
    private static String name(RoutingContext context) {
        return Objects.requireNonNull(
                context.pathParam("experiment"), "the path names an experiment");
    }

    private static byte[] body(RoutingContext context) {
        return Objects.requireNonNull(context.body().buffer(), "the contract asks for a body")
                .getBytes();
    }
}

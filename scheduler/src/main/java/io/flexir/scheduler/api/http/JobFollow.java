package io.flexir.scheduler.api.http;

import io.flexir.scheduler.api.events.EventStreams;
import io.vertx.ext.web.RoutingContext;

/** {@code followJob}. */
public final class JobFollow {
    private final JobFinder finder;
    private final EventStreams streams;

    public JobFollow(JobFinder finder, EventStreams streams) {
        this.finder = finder;
        this.streams = streams;
    }

    public void follow(RoutingContext context) {
        RequestObserver.doNotTime(context);
        String lastEventId = context.request().getHeader("Last-Event-ID");
        finder.find(context)
                .map(
                        job -> {
                            streams.follow(BlockingCalls.here(), context, job, lastEventId);
                            return job;
                        })
                .onFailure(context::fail);
    }
}

package io.flexir.scheduler.api.http;

import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.scheduler.api.events.FleetStreams;
import io.flexir.scheduler.api.resource.FleetResource;
import io.flexir.scheduler.api.resource.PolicyResource;
import io.flexir.scheduler.api.resource.WorkerResource;
import io.flexir.scheduler.api.view.FleetHistory;
import io.flexir.scheduler.api.view.FleetSlice;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.dispatch.PolicyBook;
import io.vertx.ext.web.RoutingContext;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** {@code getFleet} and {@code followFleet}. */
public final class FleetBoard implements FleetStreams.Source {
    private static final int MAX_WORKERS = 500;

    private final ReadView view;
    private final BooleanSupplier current;
    private final PolicyBook policy;
    private final Answers answers;
    private final InstantSource clock;

    /**
     * @param current whether the view has all that was written before
     */
    public FleetBoard(
            ReadView view,
            BooleanSupplier current,
            PolicyBook policy,
            Answers answers,
            InstantSource clock) {
        this.view = view;
        this.current = current;
        this.policy = policy;
        this.answers = answers;
        this.clock = clock;
    }

    public void get(RoutingContext context) {
        answers.send(context, 200, whole());
    }

    /** Answers with the fleet again and again, to as many as the streams allow. */
    public void follow(RoutingContext context, FleetStreams streams) {
        RequestObserver.doNotTime(context);
        streams.follow(context, this);
    }

    @Override
    public byte[] first() {
        return answers.encode(whole());
    }

    /** The slice that is filled now, and the one before, which a late outcome may still change. */
    @Override
    public byte[] next() {
        Instant now = clock.instant();
        return answers.encode(at(now, view.history().last(FleetHistory.SLICE, now)));
    }

    @Override
    public boolean current() {
        return current.getAsBoolean();
    }

    private FleetResource whole() {
        Instant now = clock.instant();
        return at(now, view.history().all(now));
    }

    private FleetResource at(Instant now, List<FleetSlice> slices) {
        List<WorkerHeartbeat> workers = view.workers();
        return new FleetResource(
                now,
                FleetResource.Work.of(view.workAhead()),
                view.history().latest().map(FleetResource::pools).orElseGet(Map::of),
                PolicyResource.of(policy.inForce()),
                workers.size(),
                workers.stream()
                        .limit(MAX_WORKERS)
                        .map(each -> WorkerResource.of(each, view.silent(each)))
                        .toList(),
                FleetHistory.SLICE.toSeconds(),
                slices.stream().map(FleetResource.Slice::of).toList());
    }
}

package io.flexir.ops.bench.scale;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.bench.OnTime;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.audit.TopicCensus;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetScaling;
import io.flexir.ops.local.client.ManagementPort;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.scale.Autoscaler;
import io.flexir.ops.local.scale.Headcount;
import io.flexir.ops.local.stack.FleetConfigs;
import io.flexir.ops.local.stack.LocalStack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Sends a burst through a stack and watches its workers come and go. */
public final class Burst {
    private static final Duration EVERY = Duration.ofMillis(500);
    private static final String MODEL = "denoise-color-25-s";

    private final LocalStack stack;
    private final Autoscaler autoscaler;
    private final BurstPlan plan;

    /**
     * @param stack whose workers are scaled
     */
    public Burst(LocalStack stack, BurstPlan plan) {
        this.stack = stack;
        this.autoscaler = stack.autoscaler().orElseThrow();
        this.plan = plan;
    }

    /**
     * Blocks until every job has ended and as few workers are left as were there at first.
     *
     * @param watcher told of every sample
     * @throws CannotStart if that does not come about in time
     */
    public BurstReport run(Consumer<Sample> watcher) {
        int atFirst = autoscaler.headcount().working();
        try (FleetClient fleet = stack.connect();
                ManagementPort management = new ManagementPort(stack.managementAddress())) {
            List<Submission> submissions =
                    Pieces.of(plan.samples(), plan.size()).stream()
                            .map(piece -> submission(fleet, piece))
                            .toList();
            Instant start = Instant.now();
            CompletableFuture<List<String>> submitting =
                    CompletableFuture.supplyAsync(() -> submit(fleet, submissions));
            List<Sample> timeline = new ArrayList<>();
            while (!atRest(fleet, submitting, timeline, atFirst)) {
                sample(management, start)
                        .forEach(
                                sample -> {
                                    timeline.add(sample);
                                    watcher.accept(sample);
                                });
                if (Duration.between(start, Instant.now()).compareTo(plan.patience()) > 0) {
                    throw new CannotStart(
                            "the burst was not over within "
                                    + plan.patience().toSeconds()
                                    + " s: see the log, or ask for fewer jobs");
                }
                pause(EVERY);
            }
            List<JobRow> jobs = jobs(fleet, submitting.join(), start);
            return new BurstReport(
                    BurstReport.Totals.of(timeline, jobs, autoscaler.headcount()), timeline, jobs);
        }
    }

    /** A fleet that has not yet read what was submitted looks like one that has done it. */
    private boolean atRest(
            FleetClient fleet,
            CompletableFuture<List<String>> submitting,
            List<Sample> timeline,
            int atFirst) {
        if (!submitting.isDone() || timeline.isEmpty()) {
            return false;
        }
        List<String> ids = submitting.join();
        Sample last = timeline.getLast();
        return last.jobs() == 0
                && last.working() == atFirst
                && last.draining() == 0
                && last.ready() == atFirst
                && ids.stream().allMatch(id -> fleet.get(id).state().isFinal());
    }

    /** The image is stored once, however many jobs are about it. */
    private static Submission submission(FleetClient fleet, byte[] piece) {
        return Submission.of(
                Submission.Input.stored(fleet.upload(piece)), MODEL, new Depth.Automatic());
    }

    private List<String> submit(FleetClient fleet, List<Submission> submissions) {
        List<Duration> times =
                IntStream.range(0, plan.jobs())
                        .mapToObj(job -> plan.over().multipliedBy(job).dividedBy(plan.jobs()))
                        .toList();
        return OnTime.ask(
                times, job -> fleet.submit(submissions.get(job % submissions.size())).id());
    }

    /** None while the scheduler does not answer. */
    private List<Sample> sample(ManagementPort management, Instant start) {
        Headcount crew = autoscaler.headcount();
        return management.scaling().stream()
                .map(found -> sample(found, crew, Duration.between(start, Instant.now())))
                .toList();
    }

    private static Sample sample(FleetScaling found, Headcount crew, Duration since) {
        FleetScaling.Pool pool = found.pools().get(FleetConfigs.POOL);
        FleetScaling.Work work = found.work();
        return new Sample(
                since.toMillis() / 1e3,
                work.queuedJobs(),
                work.ordersOut(),
                work.workerSecondsAtFloor(),
                work.workerSecondsAtFullDepth(),
                pool == null ? 0 : pool.desiredWorkers(),
                pool == null ? 0 : pool.readyWorkers(),
                crew.working(),
                crew.draining());
    }

    private List<JobRow> jobs(FleetClient fleet, List<String> ids, Instant start) {
        String broker = stack.infrastructure().broker().bootstrapServers();
        Map<String, Integer> outcomes = TopicCensus.of(broker, Topics.OUTCOMES);
        Map<String, Integer> orders = TopicCensus.of(broker, Topics.work(FleetConfigs.POOL));
        return ids.stream()
                .map(
                        id ->
                                JobRow.of(
                                        fleet.get(id),
                                        start,
                                        outcomes.getOrDefault(id, 0),
                                        orders.getOrDefault(id, 0)))
                .toList();
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(time.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}

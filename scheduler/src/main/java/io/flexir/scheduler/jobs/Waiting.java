package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.dispatch.WaitingIndex;
import io.flexir.scheduler.load.Backlog;
import io.flexir.scheduler.load.LoadModel;
import io.flexir.scheduler.load.WaitingWork;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Keeps a task's queue, its backlog and its orders out in step with its ledger. One thread. */
final class Waiting implements LedgerView {
    /** A job that was submitted longer ago is found again, or was held up: it is no arrival. */
    private static final Duration JUST_NOW = Duration.ofSeconds(10);

    private final String task;
    private final Instance instance;
    private final InstantSource clock;
    private final WaitingIndex index;
    private final Backlog backlog;

    /**
     * Where each job was entered: a tenant's jobs may have another place by the time one leaves.
     */
    private final Map<JobId, WaitingWork> known = new HashMap<>();

    private final NavigableMap<Later, Job.Queued> later = new TreeMap<>();

    Waiting(String task, Instance instance, InstantSource clock) {
        this.task = task;
        this.instance = instance;
        this.clock = clock;
        this.index = new WaitingIndex(instance.rules().tenants());
        this.backlog = instance.load().open(task);
    }

    WaitingIndex index() {
        return index;
    }

    /** The task gives its jobs up. */
    void close() {
        List.copyOf(known.keySet()).forEach(this::leave);
        instance.load().close(task);
    }

    @Override
    public void entered(JobId id, Job state) {
        switch (state) {
            case Job.Queued queued -> {
                Instant notBefore = queued.notBefore();
                if (notBefore != null && notBefore.isAfter(clock.instant())) {
                    later.put(new Later(notBefore, id), queued);
                    index.watchDeadline(queued.request());
                } else {
                    index.add(queued.request());
                    waits(queued);
                }
                backlog.add(queued.request());
                stateBest();
            }
            case Job.Scheduled scheduled -> {
                instance.credit().taken(task, scheduled.pool());
                out(scheduled);
            }
            case Job.Settled ignored -> {}
        }
    }

    @Override
    public void left(JobId id, Job state) {
        switch (state) {
            case Job.Queued queued -> {
                if (queued.notBefore() != null) {
                    later.remove(new Later(queued.notBefore(), id));
                }
                index.remove(queued.request());
                backlog.remove(queued.request());
                leave(id);
                stateBest();
            }
            case Job.Scheduled scheduled -> {
                instance.credit().givenBack(task, scheduled.pool());
                leave(id);
            }
            case Job.Settled ignored -> {}
        }
    }

    /**
     * Lets those jobs be ordered again whose pause is over. Until then no other has to stand back
     * for them.
     */
    void resume() {
        Instant now = clock.instant();
        while (!later.isEmpty() && !later.firstKey().notBefore().isAfter(now)) {
            Job.Queued again = later.pollFirstEntry().getValue();
            index.add(again.request());
            waits(again);
            stateBest();
        }
    }

    /** A job that may not be ordered before an instant. */
    private record Later(Instant notBefore, JobId jobId) implements Comparable<Later> {
        @Override
        public int compareTo(Later other) {
            int byTime = notBefore.compareTo(other.notBefore);
            return byTime != 0 ? byTime : jobId.compareTo(other.jobId);
        }
    }

    private void waits(Job.Queued job) {
        RestorationRequest request = job.request();
        Instant now = clock.instant();
        LoadModel load = instance.load();
        Optional<Bundle> bundle = instance.facts().dearest(request);
        if (bundle.isEmpty()) {
            return;
        }
        JobFacts facts = instance.facts().of(request, bundle.get(), load.meanPixels(now));
        OrderKey key = OrderKey.of(request);
        ServiceTime service = load.serviceTime(bundle.get().name(), now);
        boolean arrives = job.attempt() == 0 && request.submittedAt().isAfter(now.minus(JUST_NOW));
        WaitingWork work = load.work(request.tenant());
        if (arrives) {
            work.arrived(key, facts, service, now);
        } else {
            work.waits(key, facts, service, now);
        }
        known.put(request.jobId(), work);
    }

    private void out(Job.Scheduled job) {
        RestorationRequest request = job.request();
        Instant now = clock.instant();
        LoadModel load = instance.load();
        instance.facts()
                .dearest(request)
                .ifPresent(
                        bundle -> {
                            JobFacts facts =
                                    instance.facts().of(request, bundle, load.meanPixels(now));
                            double seconds =
                                    load.serviceTime(bundle.name(), now)
                                            .seconds(
                                                    facts,
                                                    Math.min(job.budget().target(), facts.n()));
                            WaitingWork work = load.work(request.tenant());
                            work.ordered(request.jobId(), seconds, job.orderedAt());
                            known.put(request.jobId(), work);
                        });
    }

    private void leave(JobId id) {
        WaitingWork work = known.remove(id);
        if (work != null) {
            work.left(id);
            work.ended(id, clock.instant());
        }
    }

    private void stateBest() {
        instance.credit().best(task, index.best().orElse(null));
    }
}

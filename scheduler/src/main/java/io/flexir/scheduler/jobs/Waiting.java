package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.dispatch.WaitingIndex;
import io.flexir.scheduler.load.Backlog;
import io.flexir.scheduler.load.LoadModel;
import io.flexir.scheduler.load.WaitingWork;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Keeps a task's queue, its backlog and its orders out in step with its ledger. One thread. */
final class Waiting implements LedgerView {
    /** A job that was submitted longer ago is found again, or was held up: it is no arrival. */
    private static final Duration JUST_NOW = Duration.ofSeconds(10);

    private final String task;
    private final Instance instance;
    private final InstantSource clock;
    private final WaitingIndex index = new WaitingIndex();
    private final Backlog backlog;
    private final Set<JobId> known = new HashSet<>();

    Waiting(String task, Instance instance, InstantSource clock) {
        this.task = task;
        this.instance = instance;
        this.clock = clock;
        this.backlog = instance.load().open(task);
    }

    WaitingIndex index() {
        return index;
    }

    /** The task gives its jobs up. */
    void close() {
        WaitingWork work = instance.load().work();
        known.forEach(work::left);
        known.forEach(work::ended);
        known.clear();
        instance.load().close(task);
    }

    @Override
    public void entered(JobId id, Job state) {
        switch (state) {
            case Job.Queued queued -> {
                index.add(queued.request());
                backlog.add(queued.request());
                waits(queued);
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
                index.remove(queued.request());
                backlog.remove(queued.request());
                instance.load().work().left(id);
                known.remove(id);
                stateBest();
            }
            case Job.Scheduled scheduled -> {
                instance.credit().givenBack(task, scheduled.pool());
                instance.load().work().ended(id);
                known.remove(id);
            }
            case Job.Settled ignored -> {}
        }
    }

    private void waits(Job.Queued job) {
        RestorationRequest request = job.request();
        Instant now = clock.instant();
        LoadModel load = instance.load();
        Optional<JobFacts> facts = instance.facts().of(request, load.meanPixels(now));
        if (facts.isEmpty()) {
            return;
        }
        OrderKey key = OrderKey.of(request);
        ServiceTime service = load.serviceTime(now);
        boolean arrives = job.attempt() == 0 && request.submittedAt().isAfter(now.minus(JUST_NOW));
        if (arrives) {
            load.work().arrived(key, facts.get(), service, now);
        } else {
            load.work().waits(key, facts.get(), service);
        }
        known.add(request.jobId());
    }

    private void out(Job.Scheduled job) {
        RestorationRequest request = job.request();
        LoadModel load = instance.load();
        ServiceTime service = load.serviceTime(job.orderedAt());
        instance.facts()
                .of(request, load.meanPixels(job.orderedAt()))
                .ifPresent(
                        facts -> {
                            int pointer = Math.min(job.budget().target(), facts.n());
                            double seconds = service.seconds(facts, pointer);
                            load.work().ordered(request.jobId(), seconds, job.orderedAt());
                            known.add(request.jobId());
                        });
    }

    private void stateBest() {
        instance.credit().best(task, index.best().orElse(null));
    }
}

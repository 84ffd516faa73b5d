package io.flexir.scheduler.jobs;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TraceParent;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.scheduler.tracing.Doing;
import io.flexir.scheduler.tracing.MessageSpans;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The moves of one task's jobs: each changes the ledger and says so to everybody, within one
 * transaction. Where a job stands is written when a step ends, once: nobody could have read what
 * was true in between. What is to be done is decided by others. One thread.
 */
final class Desk {
    private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
    private static final Duration LONGEST_TURNAROUND = Duration.ofDays(365);

    private final Ledger ledger;
    private final Outbox outbox;
    private final JobEvents events;
    private final MessageSpans spans;
    private final InstantSource clock;
    private final Map<JobId, JobView> unwritten = new LinkedHashMap<>();

    Desk(Ledger ledger, Outbox outbox, JobEvents events, MessageSpans spans, InstantSource clock) {
        this.ledger = ledger;
        this.outbox = outbox;
        this.events = events;
        this.spans = spans;
        this.clock = clock;
    }

    Ledger ledger() {
        return ledger;
    }

    Instant now() {
        return clock.instant();
    }

    /** Where an open job's spans belong, if it is traced. */
    @Nullable TraceParent traceOf(JobId id) {
        return spans.areOn() && ledger.find(id) instanceof Job.Open job
                ? job.request().traceparent()
                : null;
    }

    /** A new job waits from now on. */
    void enqueue(RestorationRequest request) {
        Job.Queued queued = new Job.Queued(request);
        ledger.add(request.jobId(), queued);
        events.jobAdmitted();
        show(view(queued));
        LOG.debug("event=job_admitted job={} model={}", request.jobId(), request.model());
    }

    /** A new job that ends as soon as it came. */
    void refuse(RestorationRequest request, Outcome outcome) {
        Job.Queued job = new Job.Queued(request);
        ledger.add(request.jobId(), job.settled(outcome.state(), now()));
        events.jobAdmitted();
        announce(job, outcome);
    }

    /**
     * A job's order goes out.
     *
     * @param offers the models it may be done with, the dearest first: it counts as done with that
     *     until the receipt names the one that was chosen
     * @param way of inference, and the experiment that it is part of
     */
    void order(Job.Queued job, List<Offer> offers, Way way, String pool) {
        try (Doing _ = spans.resume(job.request().traceparent())) {
            send(job, offers, way, pool);
        }
    }

    private void send(Job.Queued job, List<Offer> offers, Way way, String pool) {
        Instant now = now();
        Job.Scheduled scheduled = job.scheduled(offers, pool, way.trial(), now);
        WorkOrder order =
                new WorkOrder(
                        job.request(),
                        offers.stream().map(Offer::granted).toList(),
                        way.inference(),
                        offers.getFirst().decision().policyVersion(),
                        scheduled.attempt(),
                        pool,
                        now);
        ledger.move(order.jobId(), job, scheduled);
        outbox.order(order, now);
        show(view(scheduled));
        events.orderSent(pool, order.budget(), order.attempt());
        if (order.attempt() == 1) {
            events.dispatchedAfter(sinceSubmission(job.request()));
        }
        Instant deadline = job.request().terms().deadline();
        if (deadline != null) {
            events.slackAtDispatch(Duration.between(now, deadline));
        }
        LOG.debug(
                "event=job_ordered job={} attempt={} pool={} min={} target={}",
                order.jobId(),
                order.attempt(),
                pool,
                order.budget().min(),
                order.budget().target());
    }

    /**
     * An order did not end its job: it waits again.
     *
     * @param pause before its next order
     */
    void queueAgain(Job.Scheduled job, String because, Duration pause) {
        JobId id = job.request().jobId();
        Job.Queued queued = job.queuedAgain(pause.isZero() ? null : now().plus(pause));
        ledger.move(id, job, queued);
        show(view(queued));
        try (Doing _ = spans.resume(job.request().traceparent())) {
            LOG.warn(
                    "event=job_queued_again job={} attempt={} cause={} waitMillis={}",
                    id,
                    job.attempt(),
                    because,
                    pause.toMillis());
        }
    }

    /** A job ends, once and for all. */
    void end(Job.Open job, Outcome outcome) {
        ledger.move(job.request().jobId(), job, job.settled(outcome.state(), now()));
        announce(job, outcome);
    }

    /** A job that has ended is shown no more. */
    void hide(JobId id) {
        unwritten.remove(id);
        outbox.forgetView(id, now());
    }

    /** A step ends, still within its transaction: ledger and views are written. */
    void endStep() {
        ledger.write();
        unwritten.forEach((id, view) -> outbox.view(view, view.updatedAt()));
        unwritten.clear();
    }

    /** What was refused or taken back had no result that could be late. */
    private void countDeadline(Outcome outcome) {
        switch (outcome) {
            case Outcome.Restored restored -> events.deadlineEnded(!restored.late());
            case Outcome.Failed _ -> events.deadlineEnded(false);
            case Outcome.Rejected _, Outcome.Cancelled _ -> {}
        }
    }

    private void show(JobView view) {
        unwritten.put(view.request().jobId(), view);
    }

    private void announce(Job.Open job, Outcome outcome) {
        try (Doing _ = spans.resume(job.request().traceparent())) {
            outbox.outcome(outcome, now());
            LOG.debug(
                    "event=job_ended job={} state={} attempt={}",
                    outcome.jobId(),
                    outcome.state(),
                    job.attempt());
        }
        show(view(job, outcome));
        events.jobEnded(outcome, sinceSubmission(job.request()));
        if (job.request().terms().deadline() != null) {
            countDeadline(outcome);
        }
    }

    /** A client may write any instant: what is counted stays within reason. */
    private Duration sinceSubmission(RestorationRequest request) {
        Duration passed = Duration.between(request.submittedAt(), now());
        if (passed.isNegative()) {
            return Duration.ZERO;
        }
        return passed.compareTo(LONGEST_TURNAROUND) > 0 ? LONGEST_TURNAROUND : passed;
    }

    private JobView view(Job.Queued job) {
        return new JobView(job.request(), JobState.QUEUED, job.attempt(), null, null, null, now());
    }

    private JobView view(Job.Scheduled job) {
        return new JobView(
                job.request(),
                JobState.SCHEDULED,
                job.attempt(),
                job.budget(),
                job.orderedAt(),
                null,
                job.trial(),
                now());
    }

    private JobView view(Job.Open job, Outcome outcome) {
        PointerBudget budget = job instanceof Job.Scheduled scheduled ? scheduled.budget() : null;
        Job.Order order = job.latest();
        return new JobView(
                job.request(),
                outcome.state(),
                job.attempt(),
                budget,
                order == null ? null : order.at(),
                outcome,
                order == null ? null : order.trial(),
                now());
    }
}

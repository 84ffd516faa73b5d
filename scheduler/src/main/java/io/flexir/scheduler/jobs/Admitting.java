package io.flexir.scheduler.jobs;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TraceParent;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Failure.Reason;
import io.flexir.contracts.work.Rejection;
import io.flexir.scheduler.dispatch.WaitingIndex;
import io.flexir.scheduler.tracing.Tracing;

import java.time.Instant;
import java.util.Optional;

/** Takes requests into the ledger: each job id once. */
final class Admitting {
    private static final Failure OVERLOADED =
            new Failure(Reason.OVERLOADED, "Too many jobs wait already; submit it again later");

    private final Instance instance;
    private final Desk desk;
    private final WaitingIndex waiting;

    Admitting(Instance instance, Desk desk, WaitingIndex waiting) {
        this.instance = instance;
        this.desk = desk;
        this.waiting = waiting;
    }

    /**
     * A request for a job that is this task's by its key.
     *
     * @param key of the record: the job is known under it, whatever the request says
     */
    void admit(JobId key, RestorationRequest asked) {
        if (desk.ledger().find(key) != null) {
            instance.events().duplicateRequestDropped();
            return;
        }
        TraceParent span = Tracing.current();
        RestorationRequest known = under(key, asked);
        RestorationRequest request = span == null ? known : known.under(span);
        Optional<Outcome> refusal = refusal(key, asked, new Job.Queued(request));
        if (refusal.isPresent()) {
            desk.refuse(request, refusal.get());
        } else {
            desk.enqueue(request);
        }
    }

    private Optional<Outcome> refusal(JobId key, RestorationRequest asked, Job.Queued job) {
        Instant now = desk.now();
        Optional<Rejection> rejection =
                Admission.refusal(key, asked, instance.bundles(), instance.rules().inputs());
        if (rejection.isPresent()) {
            return Optional.of(Settlement.rejected(job, rejection.get(), now));
        }
        if (instance.takenBack(job.request())) {
            return Optional.of(Settlement.cancelled(job, now));
        }
        if (waiting.size() >= mostWaiting()) {
            return Optional.of(Settlement.failed(job, OVERLOADED, now));
        }
        return overQuota(job, now);
    }

    private Optional<Outcome> overQuota(Job.Queued job, Instant now) {
        Optional<String> excess = instance.tenants().excess(job.request().tenant());
        excess.ifPresent(full -> instance.tenants().refused(job.request().tenant()));
        return excess.map(
                full -> Settlement.failed(job, new Failure(Reason.OVERLOADED, full), now));
    }

    private int mostWaiting() {
        return Math.max(1, instance.rules().limits().maxWaiting() / instance.partitions());
    }

    private static RestorationRequest under(JobId key, RestorationRequest asked) {
        return key.equals(asked.jobId())
                ? asked
                : new RestorationRequest(
                        key,
                        asked.tenant(),
                        asked.input(),
                        asked.model(),
                        asked.depth(),
                        asked.terms(),
                        asked.output(),
                        asked.imageSize(),
                        asked.bodyDigest(),
                        asked.submittedAt(),
                        asked.retryOf(),
                        asked.webhook(),
                        asked.traceparent(),
                        asked.batch());
    }
}

package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.load.FleetView;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Ends jobs, or queues them again: by a report, a cancellation or the watchdog. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private static final String NO_RETRY =
            "Not tried again, for too many orders of the fleet fail. ";
    private static final int LONGEST_DETAIL = 1000;

    private final Instance instance;
    private final Desk desk;
    private final Watchdog watchdog;
    private final Set<JobId> takenBack = new HashSet<>();
    private long lastCancellation;

    Settling(Instance instance, Desk desk, Watchdog watchdog) {
        this.instance = instance;
        this.desk = desk;
        this.watchdog = watchdog;
    }

    /** A worker says how an order ended. */
    void settle(WorkerReport report) {
        if (!(desk.ledger().find(report.jobId()) instanceof Job.Open job)) {
            instance.events().duplicateReportDropped();
            return;
        }
        if (job instanceof Job.Scheduled scheduled) {
            watchdog.taken(scheduled.pool(), desk.now());
        }
        Settlement settlement =
                Settlement.of(report, job, cancelled(job), maxAttempts(), desk.now());
        if (settlement instanceof Settlement.Drop) {
            instance.events().duplicateReportDropped();
        }
        carryOut(settlement, job);
        if (report instanceof WorkerReport.Restored restored) {
            measure(restored.receipt());
            owe(job, restored.receipt());
        }
    }

    private void measure(Receipt receipt) {
        instance.bundles()
                .find(receipt.model())
                .ifPresent(bundle -> instance.receipts().add(receipt, bundle, desk.now()));
    }

    private void owe(Job.Open job, Receipt receipt) {
        Job.Order order = job.latest();
        Integer wanted = order == null ? null : order.wanted().get(receipt.modelDigest());
        Optional<Bundle> bundle = instance.bundles().find(receipt.model());
        if (wanted != null && bundle.isPresent() && wanted <= bundle.get().n()) {
            double pixels = receipt.inputSize().pixels();
            JobFacts facts = instance.facts().of(job.request(), bundle.get(), pixels);
            instance.tenants().restored(job.request().tenant(), facts, wanted, receipt);
        }
    }

    /** Ends what was cancelled while it waited. What a worker holds is left to it. */
    boolean cancel() {
        boolean any = false;
        for (Map.Entry<Long, JobId> news :
                instance.cancellations().since(lastCancellation).entrySet()) {
            lastCancellation = news.getKey();
            any |= cancel(news.getValue());
        }
        return any;
    }

    private boolean cancel(JobId id) {
        if (!(desk.ledger().find(id) instanceof Job.Open job) || !cancelled(job)) {
            return false;
        }
        return switch (job) {
            case Job.Queued queued -> {
                desk.end(queued, Settlement.cancelled(queued, desk.now()));
                yield true;
            }
            case Job.Scheduled ignored -> {
                takenBack.add(id);
                yield false;
            }
        };
    }

    /** Orders again, or gives up, what no worker holds. */
    void watch() {
        FleetView fleet = instance.fleet().at(desk.now());
        takenBack.removeIf(id -> !isHeld(id, fleet));
        endExpired(fleet);
        for (Watchdog.Lost lost : watchdog.look(fleet, desk.now())) {
            if (desk.ledger().find(lost.jobId()) instanceof Job.Scheduled job) {
                carryOut(Settlement.of(lost, job, cancelled(job), maxAttempts(), desk.now()), job);
            }
        }
    }

    /** Whoever takes such an order later has nothing to do for it. */
    private void endExpired(FleetView fleet) {
        Instant now = desk.now();
        for (JobId id : watchdog.expired(fleet)) {
            if (desk.ledger().find(id) instanceof Job.Scheduled job) {
                Failure late =
                        new Failure(
                                Failure.Reason.DEADLINE,
                                "The deadline passed before a worker took its order");
                desk.end(
                        job,
                        cancelled(job)
                                ? Settlement.cancelled(job, now)
                                : Settlement.failed(job, late, now));
            }
        }
    }

    /**
     * Whether a cancelled job is still out where some worker will see that it is cancelled. Without
     * a worker there is nobody to wait for: it ends here.
     */
    private boolean isHeld(JobId id, FleetView fleet) {
        if (!(desk.ledger().find(id) instanceof Job.Scheduled job)) {
            return false;
        }
        if (fleet.slots(job.pool()) > 0 || fleet.jobsInFlight().contains(id)) {
            return true;
        }
        desk.end(job, Settlement.cancelled(job, desk.now()));
        return false;
    }

    private void carryOut(Settlement settlement, Job.Open job) {
        switch (settlement) {
            case Settlement.End end -> desk.end(job, end.outcome());
            case Settlement.TryAgain again -> {
                if (job instanceof Job.Scheduled scheduled) {
                    tryAgain(scheduled, again.because());
                }
            }
            case Settlement.Drop drop ->
                    LOG.debug(
                            "event=job_left_as_is job={} cause={}",
                            job.request().jobId(),
                            drop.because());
        }
    }

    /**
     * What went wrong a moment ago may go wrong again: the job waits, and its order is one of those
     * that the budget for retries pays. A lost order was waited for already.
     */
    private void tryAgain(Job.Scheduled job, Failure because) {
        String cause = because.reason().name();
        if (because.reason() == Failure.Reason.WORKER_LOST) {
            desk.queueAgain(job, cause, Duration.ZERO);
            return;
        }
        Duration atLeast = instance.rules().limits().waitAfter(job.attempt());
        instance.retries()
                .take(desk.now())
                .ifPresentOrElse(
                        wait -> desk.queueAgain(job, cause, longer(wait, atLeast)),
                        () -> giveUp(job, because));
    }

    private void giveUp(Job.Scheduled job, Failure because) {
        instance.events().retryRefused();
        String detail = NO_RETRY + because.detail();
        Failure failure =
                new Failure(
                        because.reason(),
                        detail.substring(0, Math.min(LONGEST_DETAIL, detail.length())));
        desk.end(job, Settlement.failed(job, failure, desk.now()));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private boolean cancelled(Job.Open job) {
        return instance.takenBack(job.request());
    }

    private int maxAttempts() {
        return instance.rules().limits().maxAttempts();
    }
}

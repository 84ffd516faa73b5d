package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.WorkerReport;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Map;

/** Ends jobs, or queues them again: by a report, a cancellation or the watchdog. */
final class Settling {
    private static final Logger LOG = LoggerFactory.getLogger(Settling.class);

    private final Instance instance;
    private final Desk desk;
    private final Watchdog watchdog;
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
        }
    }

    private void measure(Receipt receipt) {
        instance.bundles()
                .find(receipt.model())
                .ifPresent(bundle -> instance.receipts().add(receipt, bundle, desk.now()));
    }

    /** Ends what was cancelled while it waited. What a worker holds is left to it. */
    boolean cancel() {
        boolean any = false;
        for (Map.Entry<Long, JobId> news :
                instance.cancellations().since(lastCancellation).entrySet()) {
            lastCancellation = news.getKey();
            if (desk.ledger().find(news.getValue()) instanceof Job.Queued job && cancelled(job)) {
                desk.end(job, Settlement.cancelled(job, desk.now()));
                any = true;
            }
        }
        return any;
    }

    /** Orders again, or gives up, what no worker holds. */
    void watch() {
        for (Watchdog.Lost lost : watchdog.look(instance.fleet().at(desk.now()), desk.now())) {
            if (desk.ledger().find(lost.jobId()) instanceof Job.Scheduled job) {
                carryOut(Settlement.of(lost, job, cancelled(job), maxAttempts(), desk.now()), job);
            }
        }
    }

    private void carryOut(Settlement settlement, Job.Open job) {
        switch (settlement) {
            case Settlement.End end -> desk.end(job, end.outcome());
            case Settlement.TryAgain again -> {
                if (job instanceof Job.Scheduled scheduled) {
                    desk.queueAgain(scheduled, again.because().reason().name());
                }
            }
            case Settlement.Drop drop ->
                    LOG.debug(
                            "event=job_left_as_is job={} cause={}",
                            job.request().jobId(),
                            drop.because());
        }
    }

    private boolean cancelled(Job.Open job) {
        return instance.cancellations().holds(job.request());
    }

    private int maxAttempts() {
        return instance.rules().limits().maxAttempts();
    }
}

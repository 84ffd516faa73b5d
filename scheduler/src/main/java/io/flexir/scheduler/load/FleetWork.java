package io.flexir.scheduler.load;

import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Seconds;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.load.ReceiptWindow.Measured;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/**
 * The work of the whole fleet, from the public views of its jobs and the heartbeats of its workers.
 * Every scheduler reads all of both, so every scheduler comes to the same figures, whichever
 * partitions it owns. Thread-safe.
 */
public final class FleetWork {
    private final BundleCatalog bundles;
    private final Facts facts;
    private final Fleet fleet;
    private final ReceiptWindow receipts = new ReceiptWindow();
    private final double memorySeconds;
    private final Map<JobId, Work> unfinished = new HashMap<>();
    private final Map<String, ModelWork> byModel = new HashMap<>();

    /**
     * @param heartbeatTimeToLive a worker that was not heard of for longer counts as dead
     * @param memory how far back arrivals count
     */
    public FleetWork(BundleCatalog bundles, Duration heartbeatTimeToLive, Duration memory) {
        this.bundles = bundles;
        this.facts = new Facts(bundles);
        this.fleet = new Fleet(heartbeatTimeToLive);
        this.memorySeconds = memory.toMillis() / 1e3;
    }

    /** The ledger says how a job stands. */
    public synchronized void apply(JobView view) {
        Work before = remove(view.request().jobId());
        if (view.outcome() instanceof Outcome.Restored restored) {
            measure(restored.receipt(), view.updatedAt());
        }
        if (view.state().isFinal()) {
            return;
        }
        if (before != null) {
            enter(view, before.model(), before.facts(), false);
            return;
        }
        double pixels = pixelsWhereUnknown(view.request());
        facts.dearest(view.request())
                .ifPresent(
                        bundle ->
                                enter(
                                        view,
                                        bundle.name(),
                                        facts.of(view.request(), bundle, pixels),
                                        true));
    }

    /** The ledger has forgotten a job. */
    public synchronized void forget(JobId id) {
        remove(id);
    }

    /** A worker said something. */
    public void heard(WorkerHeartbeat heartbeat) {
        fleet.heard(heartbeat);
    }

    /** A worker's record was deleted. */
    public void gone(String workerId) {
        fleet.gone(workerId);
    }

    /** Who lives at this moment. */
    public FleetView fleet(Instant now) {
        return fleet.at(now);
    }

    /** What is to be done as of now. */
    public synchronized WorkAhead at(Instant now) {
        Measured measured = receipts.measured().orElse(LoadModel.PRIOR);
        SlotSpeeds speeds = new SlotSpeeds(fleet.at(now).ready(), measured.speeds());
        WorkAhead ahead = WorkAhead.NOTHING;
        for (Map.Entry<String, ModelWork> work : byModel.entrySet()) {
            ServiceTime service = measured.serviceTime(speeds.mean(work.getKey()));
            ahead = ahead.plus(work.getValue().ahead(service, Seconds.of(now)));
        }
        return ahead;
    }

    /** What somebody with a job for this model has to expect now. */
    public synchronized Outlook outlook(String model, Instant now) {
        Measured measured = receipts.measured().orElse(LoadModel.PRIOR);
        FleetView alive = fleet.at(now);
        SlotSpeeds speeds = new SlotSpeeds(alive.ready(), measured.speeds());
        int slots = alive.ready().stream().mapToInt(WorkerHeartbeat::slots).sum();
        return new Outlook(measured.serviceTime(speeds.mean(model)), slots, at(now));
    }

    private @Nullable Work remove(JobId id) {
        Work work = unfinished.remove(id);
        if (work != null) {
            of(work.model())
                    .left(work.queued(), work.gigaMacsAtFloor(), work.gigaMacsAtFullDepth());
        }
        return work;
    }

    private void enter(JobView view, String model, JobFacts job, boolean isNew) {
        Work work = Work.of(view, model, job);
        unfinished.put(view.request().jobId(), work);
        of(model).waits(work.queued(), work.gigaMacsAtFloor(), work.gigaMacsAtFullDepth());
        if (isNew) {
            of(model)
                    .arrived(
                            Seconds.of(submittedAt(view)),
                            job.gigaMacs(job.least()),
                            job.gigaMacs(job.most()));
        }
    }

    private ModelWork of(String model) {
        return byModel.computeIfAbsent(model, any -> new ModelWork(memorySeconds));
    }

    /** A client may write any instant; nothing came after the ledger had it. */
    private static Instant submittedAt(JobView view) {
        Instant said = view.request().submittedAt();
        return said.isBefore(view.updatedAt()) ? said : view.updatedAt();
    }

    private void measure(Receipt receipt, Instant at) {
        bundles.find(receipt.model()).ifPresent(bundle -> receipts.add(receipt, bundle, at));
    }

    private double pixelsWhereUnknown(RestorationRequest request) {
        return request.imageSize() == null
                ? receipts.measured().orElse(LoadModel.PRIOR).meanPixels()
                : 0;
    }

    /** One job that has not ended. */
    private record Work(
            String model,
            JobFacts facts,
            boolean queued,
            double gigaMacsAtFloor,
            double gigaMacsAtFullDepth) {
        static Work of(JobView view, String model, JobFacts job) {
            PointerBudget budget = view.budget();
            if (budget == null) {
                double full = job.gigaMacs(job.most());
                return new Work(model, job, true, job.gigaMacs(job.least()), full);
            }
            double granted = job.gigaMacs(Math.min(budget.target(), job.n()));
            return new Work(model, job, false, granted, granted);
        }
    }
}

package io.flexir.scheduler.load;

import io.flexir.contracts.fleet.LoadedModel;
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
import java.util.Optional;

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
    private final Arrivals arrivals;
    private final Map<JobId, Work> unfinished = new HashMap<>();
    private int queued;
    private double gigaMacsAtFloor;
    private double gigaMacsAtFullDepth;

    /**
     * @param heartbeatTimeToLive a worker that was not heard of for longer counts as dead
     * @param memory how far back arrivals count
     */
    public FleetWork(BundleCatalog bundles, Duration heartbeatTimeToLive, Duration memory) {
        this.bundles = bundles;
        this.facts = new Facts(bundles);
        this.fleet = new Fleet(heartbeatTimeToLive);
        this.arrivals = new Arrivals(memory.toMillis() / 1e3);
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
        Optional<JobFacts> job =
                before == null
                        ? facts.of(view.request(), pixelsWhereUnknown(view.request()))
                        : Optional.of(before.facts());
        job.ifPresent(known -> enter(view, known, before == null));
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
        ServiceTime service = serviceTime(now);
        Arrivals.Rate rate = arrivals.rate(Seconds.of(now));
        int jobs = unfinished.size();
        return new WorkAhead(
                queued,
                jobs - queued,
                seconds(service, jobs, gigaMacsAtFloor),
                seconds(service, jobs, gigaMacsAtFullDepth),
                seconds(service, rate.jobs(), rate.gigaMacsAtFloor()),
                seconds(service, rate.jobs(), rate.gigaMacsAtFullDepth()));
    }

    private @Nullable Work remove(JobId id) {
        Work work = unfinished.remove(id);
        if (work != null) {
            queued -= work.queued() ? 1 : 0;
            gigaMacsAtFloor -= work.gigaMacsAtFloor();
            gigaMacsAtFullDepth -= work.gigaMacsAtFullDepth();
        }
        if (unfinished.isEmpty()) {
            gigaMacsAtFloor = 0;
            gigaMacsAtFullDepth = 0;
        }
        return work;
    }

    private void enter(JobView view, JobFacts job, boolean isNew) {
        Work work = Work.of(view, job);
        unfinished.put(view.request().jobId(), work);
        queued += work.queued() ? 1 : 0;
        gigaMacsAtFloor += work.gigaMacsAtFloor();
        gigaMacsAtFullDepth += work.gigaMacsAtFullDepth();
        if (isNew) {
            arrivals.add(
                    Seconds.of(submittedAt(view)),
                    job.gigaMacs(job.least()),
                    job.gigaMacs(job.most()));
        }
    }

    /** A client may write any instant; nothing came after the ledger had it. */
    private static Instant submittedAt(JobView view) {
        Instant said = view.request().submittedAt();
        return said.isBefore(view.updatedAt()) ? said : view.updatedAt();
    }

    private void measure(Receipt receipt, Instant at) {
        bundles.find(receipt.model()).ifPresent(bundle -> receipts.add(receipt, bundle, at));
    }

    /** The mean costs a look at all receipts: it is taken only where it is needed. */
    private double pixelsWhereUnknown(RestorationRequest request) {
        return request.imageSize() == null
                ? receipts.measured().orElse(LoadModel.PRIOR).meanPixels()
                : 0;
    }

    private ServiceTime serviceTime(Instant now) {
        return receipts.measured()
                .map(Measured::serviceTime)
                .orElseGet(() -> new ServiceTime(0, heartbeatSpeed(now)));
    }

    /** What workers say of themselves, for as long as nothing was restored. */
    private double heartbeatSpeed(Instant now) {
        return fleet.at(now).ready().stream()
                .flatMap(beat -> beat.models().stream())
                .mapToDouble(LoadedModel::gigaMacsPerSecond)
                .filter(speed -> speed > 0)
                .average()
                .orElse(LoadModel.PRIOR.slotSpeed());
    }

    private static double seconds(ServiceTime service, double jobs, double gigaMacs) {
        return Math.max(
                0, jobs * service.overheadSeconds() + gigaMacs / service.gigaMacsPerSecond());
    }

    /** One job that has not ended. */
    private record Work(
            JobFacts facts, boolean queued, double gigaMacsAtFloor, double gigaMacsAtFullDepth) {
        static Work of(JobView view, JobFacts job) {
            PointerBudget budget = view.budget();
            if (budget == null) {
                return new Work(job, true, job.gigaMacs(job.least()), job.gigaMacs(job.most()));
            }
            double granted = job.gigaMacs(Math.min(budget.target(), job.n()));
            return new Work(job, false, granted, granted);
        }
    }
}

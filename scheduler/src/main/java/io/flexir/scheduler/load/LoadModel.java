package io.flexir.scheduler.load;

import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.load.ReceiptWindow.Measured;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;

/**
 * Predicts how long what waits will take, from what was measured. The backlog of the partitions
 * that this instance owns stands for all of them. Thread-safe.
 */
public final class LoadModel {
    /**
     * Taken before anything was restored: images of a megapixel, no overhead, and 20 GMAC/s a slot,
     * which a CPU core or two do.
     */
    static final Measured PRIOR = new Measured(1e6, 1, 20, Map.of(), new ServiceTime(0, 20));

    private static final Duration REFRESH = Duration.ofMillis(100);

    private final Fleet fleet;
    private final ReceiptWindow receipts;
    private final BundleCatalog bundles;
    private final int allPartitions;
    private final WaitingWork work = new WaitingWork();
    private final Map<String, Backlog> backlogs = new ConcurrentHashMap<>();
    private @Nullable Dated latest;

    /**
     * @param allPartitions of the requests topic, those of other instances included
     */
    public LoadModel(
            Fleet fleet, ReceiptWindow receipts, BundleCatalog bundles, int allPartitions) {
        this.fleet = fleet;
        this.receipts = receipts;
        this.bundles = bundles;
        this.allPartitions = allPartitions;
    }

    /** The jobs of this instance one by one, as policies see them. */
    public WaitingWork work() {
        return work;
    }

    /** A task takes its partition over, with an empty backlog. */
    public Backlog open(String task) {
        Backlog backlog = new Backlog(bundles);
        backlogs.put(task, backlog);
        return backlog;
    }

    /** A task gives its partition up. */
    public void close(String task) {
        backlogs.remove(task);
    }

    /** Queued jobs of this instance. */
    public int waitingJobs() {
        return backlogs.values().stream().mapToInt(Backlog::jobs).sum();
    }

    /** The load as of now, at most a tenth of a second old. */
    public LoadSnapshot at(Instant now) {
        return dated(now).load();
    }

    /** How long a slot works on a job, at most a tenth of a second old. */
    public ServiceTime serviceTime(Instant now) {
        return dated(now).serviceTime();
    }

    /** What an image has whose size is not known. */
    public double meanPixels(Instant now) {
        return dated(now).meanPixels();
    }

    private synchronized Dated dated(Instant now) {
        Dated known = latest;
        if (known == null || !fresh(known, now)) {
            known = measure(now);
            latest = known;
            work.fleet((double) known.slots() * backlogs.size() / allPartitions);
        }
        return known;
    }

    private Dated measure(Instant now) {
        Optional<Measured> receipt = receipts.measured();
        Measured measured = receipt.orElse(PRIOR);
        double everybodys = (double) allPartitions / Math.max(1, backlogs.size());
        double factor = measured.overhead() * everybodys;
        List<Double> byLevel =
                IntStream.rangeClosed(1, bundles.deepest())
                        .mapToObj(level -> factor * gigaMacs(level, measured.meanPixels()))
                        .toList();
        List<WorkerHeartbeat> ready = fleet.at(now).ready();
        int slots = ready.stream().mapToInt(WorkerHeartbeat::slots).sum();
        double speed =
                ready.stream().mapToDouble(beat -> beat.slots() * slotSpeed(beat, measured)).sum();
        double slotSpeed = slots == 0 ? measured.slotSpeed() : speed / slots;
        return new Dated(
                new LoadSnapshot(speed, slotSpeed, byLevel),
                receipt.map(Measured::serviceTime)
                        .orElseGet(() -> new ServiceTime(0, Math.max(slotSpeed, 1e-3))),
                measured.meanPixels(),
                slots,
                now);
    }

    private double gigaMacs(int level, double pixels) {
        return backlogs.values().stream()
                .mapToDouble(backlog -> backlog.gigaMacs(level, pixels))
                .sum();
    }

    /** What its jobs took, else what it says of itself, else what the others' jobs took. */
    private static double slotSpeed(WorkerHeartbeat beat, Measured measured) {
        Double own = measured.slotSpeedByWorker().get(beat.workerId());
        return own != null
                ? own
                : beat.models().stream()
                        .mapToDouble(LoadedModel::gigaMacsPerSecond)
                        .filter(speed -> speed > 0)
                        .average()
                        .orElse(measured.slotSpeed());
    }

    private static boolean fresh(Dated known, Instant now) {
        Duration age = Duration.between(known.at(), now);
        return !age.isNegative() && age.compareTo(REFRESH) < 0;
    }

    private record Dated(
            LoadSnapshot load, ServiceTime serviceTime, double meanPixels, int slots, Instant at) {}
}

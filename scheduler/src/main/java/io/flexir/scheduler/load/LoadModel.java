package io.flexir.scheduler.load;

import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.load.ReceiptWindow.Measured;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
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
    static final Measured PRIOR = new Measured(1e6, 1, 20, Map.of());

    private static final Duration REFRESH = Duration.ofMillis(100);

    private final Fleet fleet;
    private final ReceiptWindow receipts;
    private final BundleCatalog bundles;
    private final int allPartitions;
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
    public synchronized LoadSnapshot at(Instant now) {
        Dated known = latest;
        if (known != null && fresh(known, now)) {
            return known.load();
        }
        LoadSnapshot load = measure(now);
        latest = new Dated(load, now);
        return load;
    }

    private LoadSnapshot measure(Instant now) {
        Measured measured = receipts.measured().orElse(PRIOR);
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
        return new LoadSnapshot(speed, slots == 0 ? measured.slotSpeed() : speed / slots, byLevel);
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

    private record Dated(LoadSnapshot load, Instant at) {}
}

package io.flexir.scheduler.load;

import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.bundles.BundleCatalog;

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
    /** Taken for an image of unknown size before any was restored: one megapixel. */
    static final double PRIOR_PIXELS = 1e6;

    /** Taken for a slot that nobody has measured yet: a CPU core or two. */
    static final double PRIOR_GIGA_MACS_PER_SECOND = 20;

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
        double pixels = receipts.meanPixels().orElse(PRIOR_PIXELS);
        double factor =
                receipts.overhead().orElse(1) * allPartitions / Math.max(1, backlogs.size());
        List<Double> byLevel =
                IntStream.rangeClosed(1, bundles.deepest())
                        .mapToObj(level -> factor * gigaMacs(level, pixels))
                        .toList();
        FleetView view = fleet.at(now);
        double speed = gigaMacsPerSecond(view);
        int slots = view.ready().mapToInt(WorkerHeartbeat::slots).sum();
        return new LoadSnapshot(speed, slots == 0 ? unmeasured() : speed / slots, byLevel);
    }

    private double gigaMacs(int level, double pixels) {
        return backlogs.values().stream()
                .mapToDouble(backlog -> backlog.gigaMacs(level, pixels))
                .sum();
    }

    private double gigaMacsPerSecond(FleetView view) {
        double unknown = unmeasured();
        return view.ready().mapToDouble(beat -> beat.slots() * slotSpeed(beat, unknown)).sum();
    }

    private double unmeasured() {
        return receipts.slotSpeed().orElse(PRIOR_GIGA_MACS_PER_SECOND);
    }

    /** What its jobs took, else what it says of itself, else what the others' jobs took. */
    private double slotSpeed(WorkerHeartbeat beat, double unknown) {
        double said =
                beat.models().stream()
                        .mapToDouble(LoadedModel::gigaMacsPerSecond)
                        .filter(speed -> speed > 0)
                        .average()
                        .orElse(unknown);
        return receipts.slotSpeed(beat.workerId()).orElse(said);
    }

    private static boolean fresh(Dated known, Instant now) {
        Duration age = Duration.between(known.at(), now);
        return !age.isNegative() && age.compareTo(REFRESH) < 0;
    }

    private record Dated(LoadSnapshot load, Instant at) {}
}

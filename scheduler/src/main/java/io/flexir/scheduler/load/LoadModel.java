package io.flexir.scheduler.load;

import static java.util.stream.Collectors.toMap;

import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.load.ReceiptWindow.Measured;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * Predicts how long what waits will take, from what was measured. The backlog of the partitions
 * that this instance owns stands for all of them. Thread-safe.
 */
public final class LoadModel {
    /** Taken before anything was restored: images of a megapixel and no overhead. */
    static final Measured PRIOR = new Measured(1e6, 1, 0, 0, Speeds.NONE);

    private static final Duration REFRESH = Duration.ofMillis(100);

    private final Fleet fleet;
    private final ReceiptWindow receipts;
    private final BundleCatalog bundles;
    private final int allPartitions;
    private final TenantLoad tenants;
    private final Map<String, Backlog> backlogs = new ConcurrentHashMap<>();
    private SlotSpeeds speeds = new SlotSpeeds(List.of(), Speeds.NONE);
    private @Nullable Dated latest;

    /**
     * @param allPartitions of the requests topic, those of other instances included
     */
    public LoadModel(
            Fleet fleet,
            ReceiptWindow receipts,
            BundleCatalog bundles,
            TenantRules tenants,
            int allPartitions) {
        this.fleet = fleet;
        this.receipts = receipts;
        this.bundles = bundles;
        this.tenants = new TenantLoad(tenants);
        this.allPartitions = allPartitions;
    }

    /** A tenant's jobs of this instance one by one, as policies see them. */
    public WaitingWork work(TenantId tenant) {
        return tenants.of(tenant);
    }

    /** What a tenant is known by: its own name, or that of all who are too many to tell apart. */
    public TenantId place(TenantId tenant) {
        return tenants.place(tenant);
    }

    /** How the fleet is divided. */
    public TenantLoad tenants() {
        return tenants;
    }

    /** Slots of the whole fleet that a tenant could have at once. */
    public double slots(TenantId tenant) {
        return tenants.slots(tenant) * everybodys();
    }

    /** Jobs of a tenant that wait, those of other instances taken to be like this one's. */
    public double waitingJobs(TenantId tenant) {
        return ownJobs(tenant) * everybodys();
    }

    /**
     * Seconds of one slot that they would take, each at its floor; those of tenants that share a
     * place are taken to be alike.
     */
    public double waitingSeconds(TenantId tenant) {
        WaitingWork work = tenants.of(tenant);
        double part = Math.min(1, ownJobs(tenant) / Math.max(1.0, work.jobs()));
        return work.floorSeconds() * part * everybodys();
    }

    private int ownJobs(TenantId tenant) {
        return place(tenant).equals(tenant)
                ? tenants.of(tenant).jobs()
                : backlogs.values().stream().mapToInt(backlog -> backlog.jobs(tenant)).sum();
    }

    /** The highest price of a worker-second that any tenant's jobs have. */
    public double price(Instant now) {
        return tenants.price(now);
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

    /** The same by {@link #place}, of each tenant that is known, in its own part of the fleet. */
    public Map<TenantId, LoadSnapshot> byTenant(Instant now) {
        return dated(now).byTenant();
    }

    /** How long a slot works on a job of a model, at most a tenth of a second old. */
    public ServiceTime serviceTime(String model, Instant now) {
        return dated(now).serviceTime(model);
    }

    /** What an image has whose size is not known. */
    public double meanPixels(Instant now) {
        return dated(now).meanPixels();
    }

    /** What a job's network really costs over what its pixels alone would. */
    public double overhead(Instant now) {
        return dated(now).overhead();
    }

    private synchronized Dated dated(Instant now) {
        Dated known = latest;
        if (known == null || !fresh(known, now)) {
            known = measure(now);
            latest = known;
        }
        return known;
    }

    private Dated measure(Instant now) {
        Measured measured = receipts.measured().orElse(PRIOR);
        double factor = measured.overhead() * everybodys();
        List<Double> byLevel =
                IntStream.rangeClosed(1, bundles.deepest())
                        .mapToObj(level -> factor * gigaMacs(level, measured.meanPixels()))
                        .toList();
        List<WorkerHeartbeat> ready = fleet.at(now).ready();
        int slots = ready.stream().mapToInt(WorkerHeartbeat::slots).sum();
        if (!speeds.isOf(ready, measured.speeds())) {
            speeds = new SlotSpeeds(ready, measured.speeds());
        }
        double slotSpeed = measured.withOverhead(speeds.mean(mix(measured)));
        tenants.fleet(slots / everybodys(), now);
        return new Dated(
                new LoadSnapshot(slots * slotSpeed, slotSpeed, byLevel),
                byTenant(factor, measured.meanPixels(), slotSpeed),
                measured,
                speeds,
                slots,
                now);
    }

    private Map<TenantId, LoadSnapshot> byTenant(double factor, double pixels, double slotSpeed) {
        Map<TenantId, double[]> macs = new HashMap<>();
        backlogs.values().stream()
                .flatMap(
                        backlog ->
                                backlog
                                        .gigaMacsByTenant(bundles.deepest(), pixels)
                                        .entrySet()
                                        .stream())
                .forEach(
                        entry ->
                                macs.merge(
                                        place(entry.getKey()), entry.getValue(), LoadModel::sum));
        double[] nothing = new double[bundles.deepest()];
        Map<TenantId, LoadSnapshot> loads = new HashMap<>();
        tenants.slots()
                .forEach(
                        (tenant, slots) ->
                                loads.put(
                                        tenant,
                                        new LoadSnapshot(
                                                slots * everybodys() * slotSpeed,
                                                slotSpeed,
                                                DoubleStream.of(macs.getOrDefault(tenant, nothing))
                                                        .mapToObj(level -> factor * level)
                                                        .toList())));
        return Map.copyOf(loads);
    }

    private static double[] sum(double[] some, double[] more) {
        for (int i = 0; i < some.length; i++) {
            some[i] += more[i];
        }
        return some;
    }

    private double everybodys() {
        return (double) allPartitions / Math.max(1, backlogs.size());
    }

    private double gigaMacs(int level, double pixels) {
        return backlogs.values().stream()
                .mapToDouble(backlog -> backlog.gigaMacs(level, pixels))
                .sum();
    }

    /** GMACs of each model that there are to be done: those that wait, else those done lately. */
    private Map<String, Double> mix(Measured measured) {
        Map<String, Double> waiting = new HashMap<>();
        backlogs.values()
                .forEach(
                        backlog ->
                                backlog.gigaMacsByModel(measured.meanPixels())
                                        .forEach(
                                                (model, macs) ->
                                                        waiting.merge(model, macs, Double::sum)));
        if (!waiting.isEmpty()) {
            return waiting;
        }
        Map<String, Double> done = measured.speeds().gigaMacsByModel();
        return done.isEmpty()
                ? bundles.names().stream().collect(toMap(Function.identity(), any -> 1.0))
                : done;
    }

    private static boolean fresh(Dated known, Instant now) {
        Duration age = Duration.between(known.at(), now);
        return !age.isNegative() && age.compareTo(REFRESH) < 0;
    }

    private record Dated(
            LoadSnapshot load,
            Map<TenantId, LoadSnapshot> byTenant,
            Measured measured,
            SlotSpeeds speeds,
            int slots,
            Instant at) {
        double meanPixels() {
            return measured.meanPixels();
        }

        double overhead() {
            return measured.overhead();
        }

        ServiceTime serviceTime(String model) {
            return measured.serviceTime(speeds.mean(model));
        }
    }
}

package io.flexir.scheduler.scale;

import io.flexir.scheduler.load.FleetView;
import io.flexir.scheduler.load.WorkAhead;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The size of every pool. Each is responsible for the share of the work that its slots are of the
 * fleet's, so that pools that grow together do not both grow for the same work. One thread.
 */
public final class Scaling {
    private static final Logger LOG = LoggerFactory.getLogger(Scaling.class);

    private final ScalingRules rules;
    private final List<String> pools;
    private final Map<String, PoolSize> sizes = new HashMap<>();

    /** Of each pool, as of when it had a ready worker. */
    private final Map<String, Double> slotsPerWorker = new HashMap<>();

    /**
     * @param rules of each pool
     */
    public Scaling(ScalingRules rules, List<String> pools) {
        this.rules = rules;
        this.pools = List.copyOf(pools);
    }

    List<String> pools() {
        return pools;
    }

    /** Decides anew. */
    public ScalingReport look(WorkAhead work, FleetView fleet, Instant now) {
        SortedMap<String, ScalingReport.Pool> report = new TreeMap<>();
        int slots = pools.stream().mapToInt(fleet::slots).sum();
        for (String pool : pools) {
            int ready = ready(pool, fleet);
            if (ready > 0) {
                slotsPerWorker.put(pool, (double) fleet.slots(pool) / ready);
            }
            double perSlot = slots == 0 ? perSlotOfNone(pool) : (double) ready / slots;
            Need need = Need.of(work, rules.drainTarget(), perSlot);
            PoolSize size = sizes.getOrDefault(pool, PoolSize.initial(ready, rules));
            PoolSize next = size.next(need, rules, now);
            sizes.put(pool, next);
            tell(pool, size, next, need);
            report.put(pool, new ScalingReport.Pool(next.workers(), ready, need));
        }
        return new ScalingReport(now, work, report);
    }

    /** Where nobody is ready, every pool is to do as much as another. */
    private double perSlotOfNone(String pool) {
        return 1.0 / pools.size() / slotsPerWorker.getOrDefault(pool, 1.0);
    }

    private static int ready(String pool, FleetView fleet) {
        return (int) fleet.ready().stream().filter(beat -> beat.pool().equals(pool)).count();
    }

    private static void tell(String pool, PoolSize from, PoolSize to, Need need) {
        if (from.workers() != to.workers()) {
            LOG.info(
                    "event=desired_workers_changed pool={} from={} to={} needed_at_floor={}"
                            + " needed_at_full_depth={}",
                    pool,
                    from.workers(),
                    to.workers(),
                    Math.round(need.atFloor() * 100) / 100.0,
                    Math.round(need.atFullDepth() * 100) / 100.0);
        }
    }
}

package io.flexir.scheduler.activation;

import io.flexir.contracts.fleet.WorkerHeartbeat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many of the ready workers hold a bundle.
 *
 * @param pools by name, of those that have a ready worker
 */
public record Holding(Map<String, Pool> pools) {
    public Holding {
        pools = Map.copyOf(pools);
    }

    /**
     * @param holders workers of the pool that hold it
     * @param ready all of the pool that are ready
     */
    public record Pool(int holders, int ready) {
        boolean isEnough(double share) {
            return holders >= Math.max(1, Math.ceil(share * ready - 1e-9));
        }
    }

    static Holding of(List<WorkerHeartbeat> ready, String digest) {
        return new Holding(
                ready.stream()
                        .collect(
                                Collectors.groupingBy(
                                        WorkerHeartbeat::pool,
                                        TreeMap::new,
                                        Collectors.collectingAndThen(
                                                Collectors.toList(),
                                                pool -> count(pool, digest)))));
    }

    private static Pool count(Collection<WorkerHeartbeat> pool, String digest) {
        long holders = pool.stream().filter(worker -> worker.bundles().contains(digest)).count();
        return new Pool((int) holders, pool.size());
    }

    /** Whether so large a share of each pool does, one worker at least. */
    boolean isEnough(double share) {
        return !pools.isEmpty() && pools.values().stream().allMatch(pool -> pool.isEnough(share));
    }
}

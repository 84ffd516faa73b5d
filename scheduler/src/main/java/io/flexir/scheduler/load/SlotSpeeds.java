package io.flexir.scheduler.load;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How fast the slots of the ready workers are with each model. Of a worker that was not seen at a
 * model, what it says itself is taken; else what it does with other models; else what its pool does
 * with this one. Thread-safe.
 */
final class SlotSpeeds {
    /** Taken before anything is known: 20 GMAC/s, which a CPU core or two do. */
    static final double PRIOR = 20;

    private final List<WorkerHeartbeat> ready;
    private final Speeds seen;
    private final Map<String, Set<String>> workersByPool;
    private final Map<String, Double> means = new ConcurrentHashMap<>();

    SlotSpeeds(List<WorkerHeartbeat> ready, Speeds seen) {
        this.ready = ready;
        this.seen = seen;
        this.workersByPool =
                ready.stream()
                        .collect(
                                groupingBy(
                                        WorkerHeartbeat::pool,
                                        mapping(WorkerHeartbeat::workerId, toSet())));
    }

    /** GMAC/s of one slot of a worker. */
    double of(WorkerHeartbeat worker, String model) {
        String id = worker.workerId();
        return seen.of(id, model)
                .or(() -> told(worker, model))
                .or(() -> seen.byOtherModels(id, model))
                .or(() -> told(worker))
                .or(() -> seen.of(workersByPool.getOrDefault(worker.pool(), Set.of()), model))
                .orElseGet(() -> ofAnybody(model));
    }

    /** GMAC/s of one slot on average. */
    double mean(String model) {
        return means.computeIfAbsent(model, this::average);
    }

    /** The same over a mix of models, by the GMACs of each. */
    double mean(Map<String, Double> gigaMacsByModel) {
        double macs = 0;
        double seconds = 0;
        for (Map.Entry<String, Double> part : gigaMacsByModel.entrySet()) {
            macs += part.getValue();
            seconds += part.getValue() / mean(part.getKey());
        }
        return seconds > 0 ? macs / seconds : seen.all().orElse(PRIOR);
    }

    /** Whether this is how fast these workers are, by these measurements. */
    @SuppressWarnings("ReferenceEquality") // equal ones would only be looked at again
    boolean isOf(List<WorkerHeartbeat> workers, Speeds measured) {
        if (seen != measured || ready.size() != workers.size()) {
            return false;
        }
        for (int i = 0; i < ready.size(); i++) {
            if (ready.get(i) != workers.get(i)) {
                return false;
            }
        }
        return true;
    }

    private double average(String model) {
        double slots = 0;
        double speed = 0;
        for (WorkerHeartbeat worker : ready) {
            slots += worker.slots();
            speed += worker.slots() * of(worker, model);
        }
        return slots > 0 ? speed / slots : ofAnybody(model);
    }

    private double ofAnybody(String model) {
        return seen.of(model).or(seen::all).orElse(PRIOR);
    }

    private static Optional<Double> told(WorkerHeartbeat worker, String model) {
        for (LoadedModel loaded : worker.models()) {
            if (loaded.name().equals(model) && loaded.gigaMacsPerSecond() > 0) {
                return Optional.of(loaded.gigaMacsPerSecond());
            }
        }
        return Optional.empty();
    }

    private static Optional<Double> told(WorkerHeartbeat worker) {
        double sum = 0;
        int count = 0;
        for (LoadedModel loaded : worker.models()) {
            sum += loaded.gigaMacsPerSecond();
            count += loaded.gigaMacsPerSecond() > 0 ? 1 : 0;
        }
        return count == 0 ? Optional.empty() : Optional.of(sum / count);
    }
}

package io.flexir.scheduler.load;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * GMAC/s of one slot by worker and model: what the networks of restored jobs took, storage and
 * codecs left out. Thread-safe.
 */
public final class Speeds {
    static final Speeds NONE = new Speeds(Map.of(), Work.NONE);

    private final Map<String, Map<String, Work>> byWorker;
    private final Map<String, Work> byModel = new HashMap<>();
    private final Work all;
    private final Map<Pair, Double> ratios = new ConcurrentHashMap<>();

    /**
     * @param byWorker what was done, by worker and model
     * @param otherwise what else was done, which tells of no worker and no model: it is taken while
     *     there is nothing better
     */
    Speeds(Map<String, Map<String, Work>> byWorker, Work otherwise) {
        this.byWorker = byWorker;
        byWorker.values()
                .forEach(
                        models ->
                                models.forEach(
                                        (model, work) -> byModel.merge(model, work, Work::plus)));
        this.all = byModel.values().stream().reduce(Work::plus).orElse(otherwise);
    }

    /** What a worker was seen to do with a model. */
    Optional<Double> of(String worker, String model) {
        return Optional.ofNullable(byWorker.get(worker))
                .flatMap(models -> speed(models.get(model)));
    }

    /** What a worker should do with a model, by what it was seen to do with others. */
    Optional<Double> byOtherModels(String worker, String model) {
        Map<String, Work> seen = byWorker.getOrDefault(worker, Map.of());
        double sum = 0;
        for (Map.Entry<String, Work> other : seen.entrySet()) {
            Pair pair = new Pair(other.getKey(), model);
            sum += other.getValue().speed() * ratios.computeIfAbsent(pair, this::ratio);
        }
        return seen.isEmpty() ? Optional.empty() : Optional.of(sum / seen.size());
    }

    /** How much faster a worker is with one model than with another, by those seen at both. */
    private double ratio(Pair pair) {
        double from = 0;
        double to = 0;
        for (Map<String, Work> models : byWorker.values()) {
            Work one = models.get(pair.from());
            Work other = models.get(pair.to());
            if (one != null && other != null) {
                from += one.speed();
                to += other.speed();
            }
        }
        return from > 0 ? to / from : 1;
    }

    /** What these workers together were seen to do with a model. */
    Optional<Double> of(Set<String> workers, String model) {
        return speed(
                workers.stream()
                        .map(worker -> byWorker.getOrDefault(worker, Map.of()).get(model))
                        .filter(work -> work != null)
                        .reduce(Work.NONE, Work::plus));
    }

    /** What all workers together were seen to do with a model. */
    Optional<Double> of(String model) {
        return speed(byModel.get(model));
    }

    /** What all workers together were seen to do. */
    Optional<Double> all() {
        return speed(all);
    }

    /** GMACs by model. */
    Map<String, Double> gigaMacsByModel() {
        Map<String, Double> macs = new HashMap<>();
        byModel.forEach((model, work) -> macs.put(model, work.gigaMacs()));
        return macs;
    }

    private static Optional<Double> speed(@Nullable Work work) {
        return work == null || work.seconds() <= 0 ? Optional.empty() : Optional.of(work.speed());
    }

    private record Pair(String from, String to) {}

    /**
     * Work of one slot.
     *
     * @param seconds that it took
     */
    record Work(double gigaMacs, double seconds) {
        static final Work NONE = new Work(0, 0);

        Work plus(Work other) {
            return new Work(gigaMacs + other.gigaMacs, seconds + other.seconds);
        }

        double speed() {
            return gigaMacs / seconds;
        }
    }
}

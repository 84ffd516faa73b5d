package io.flexir.ops.bench.quality;

import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.measure.Quality;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;

/**
 * Adds up results: figures alone, so that no picture is held on to. The order of the rows is that
 * of their first results.
 */
final class Tally {

    private final Map<Key, List<Figures>> figures = new LinkedHashMap<>();

    void add(Result result) {
        Key key = new Key(result.set(), result.condition(), result.candidate(), result.params());
        figures.computeIfAbsent(key, _ -> new ArrayList<>())
                .add(new Figures(result.quality(), result.cost()));
    }

    List<Row> means() {
        return figures.entrySet().stream().map(row -> mean(row.getKey(), row.getValue())).toList();
    }

    private static Row mean(Key key, List<Figures> figures) {
        return new Row(
                key.set(),
                key.condition(),
                key.candidate(),
                key.params(),
                figures.size(),
                quality(figures.stream().map(Figures::quality).filter(Objects::nonNull).toList()),
                cost(figures.stream().map(Figures::cost).filter(Objects::nonNull).toList()));
    }

    private static @Nullable Quality quality(List<Quality> all) {
        if (all.isEmpty()) {
            return null;
        }
        boolean blocking = all.getFirst().psnrB() != null;
        return new Quality(
                mean(all, Quality::psnr),
                mean(all, Quality::ssim),
                blocking ? mean(all, quality -> Objects.requireNonNull(quality.psnrB())) : null);
    }

    private static @Nullable Cost cost(List<Cost> all) {
        return all.isEmpty()
                ? null
                : new Cost(
                        mean(all, Cost::gigaMacs),
                        mean(all, Cost::seconds),
                        mean(all, Cost::meanPointer));
    }

    private static <T> double mean(List<T> values, ToDoubleFunction<T> value) {
        return values.stream().mapToDouble(value).average().orElseThrow();
    }

    private record Key(String set, String condition, Candidate candidate, long params) {}

    private record Figures(@Nullable Quality quality, @Nullable Cost cost) {}
}

package io.flexir.ops.bench.quality;

import io.flexir.ops.bench.engine.Cost;
import io.flexir.ops.bench.quality.measure.Quality;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.TreeMap;

/**
 * What fixed pointers reach on one set under one condition: mean PSNR over mean GMACs, linear
 * between neighbours, as a mix of images at either pointer would. What adaptive inference is held
 * against.
 */
public final class FixedLine {

    private final TreeMap<Double, Double> psnrByGigaMacs = new TreeMap<>();

    private FixedLine() {}

    /** The line that belongs to {@code row}: of the rows of its set and condition. */
    public static FixedLine beside(Row row, List<Row> rows) {
        FixedLine line = new FixedLine();
        rows.stream()
                .filter(other -> other.candidate() instanceof Candidate.Pointer)
                .filter(other -> other.set().equals(row.set()))
                .filter(other -> other.condition().equals(row.condition()))
                .forEach(line::add);
        return line;
    }

    private void add(Row row) {
        Quality quality = row.quality();
        if (quality != null) {
            psnrByGigaMacs.put(Objects.requireNonNull(row.cost()).gigaMacs(), quality.psnr());
        }
    }

    /**
     * How far an adaptive row stands above the line at its own GMACs, in dB; empty for other rows,
     * and where the pointers that were measured are all dearer or all cheaper.
     */
    public OptionalDouble gain(Row row) {
        Quality quality = row.quality();
        Cost cost = row.cost();
        if (!(row.candidate() instanceof Candidate.Threshold) || quality == null || cost == null) {
            return OptionalDouble.empty();
        }
        OptionalDouble fixed = at(cost.gigaMacs());
        return fixed.isPresent()
                ? OptionalDouble.of(quality.psnr() - fixed.getAsDouble())
                : OptionalDouble.empty();
    }

    /** PSNR in dB at a cost within the line. */
    public OptionalDouble at(double gigaMacs) {
        Map.Entry<Double, Double> below = psnrByGigaMacs.floorEntry(gigaMacs);
        Map.Entry<Double, Double> above = psnrByGigaMacs.ceilingEntry(gigaMacs);
        if (below == null || above == null) {
            return OptionalDouble.empty();
        }
        double width = above.getKey() - below.getKey();
        double share = width == 0 ? 0 : (gigaMacs - below.getKey()) / width;
        return OptionalDouble.of(below.getValue() + share * (above.getValue() - below.getValue()));
    }
}

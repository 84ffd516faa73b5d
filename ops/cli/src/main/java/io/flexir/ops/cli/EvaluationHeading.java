package io.flexir.ops.cli;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.ops.bench.engine.Tiling;
import io.flexir.ops.bench.quality.degrade.Condition;

import java.util.ArrayList;
import java.util.List;

/** What one must know to compare an evaluation with another one. */
final class EvaluationHeading {

    private EvaluationHeading() {}

    static List<String> lines(
            BundleManifest model, Tiling tiling, int threads, List<Condition> conditions) {
        List<String> lines = new ArrayList<>();
        lines.add(
                model.name()
                        + " "
                        + model.version()
                        + ": regular inference "
                        + tiling.label()
                        + (tiling.equals(Tiling.DEFAULT) ? " (the worker's default)" : "")
                        + ", adaptive inference in regions of "
                        + model.region().size()
                        + ", halo "
                        + model.region().halo());
        conditions.stream().map(Condition::protocol).distinct().forEach(lines::add);
        lines.add(
                "seconds: wall time per image in the engine, "
                        + threads
                        + (threads == 1 ? " thread" : " threads"));
        return lines;
    }
}

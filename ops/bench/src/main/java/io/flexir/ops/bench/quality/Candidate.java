package io.flexir.ops.bench.quality;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.BundleManifest.Graph;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.Mode;
import io.flexir.worker.restore.RestoreOrder;
import io.flexir.worker.restore.exit.PayoffRule;
import io.flexir.worker.restore.exit.SharpnessRule;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A picture that is held against the clean one: the input, or what a way of inference made of it.
 */
public sealed interface Candidate {

    /** Short, for a table's cell. */
    String label();

    /** The degraded picture itself. */
    record Input() implements Candidate {
        @Override
        public String label() {
            return "input";
        }
    }

    /** What the engine makes of the input. */
    sealed interface Restored extends Candidate {

        /** What the engine is asked for. */
        RestoreOrder order(BundleManifest model);

        /** Trained parameters of the graphs that may run. */
        long params(BundleManifest model);
    }

    /** Regular inference: every region runs to {@code pointer}. */
    record Pointer(int pointer) implements Restored {
        @Override
        public String label() {
            return "P=" + pointer;
        }

        @Override
        public RestoreOrder order(BundleManifest model) {
            return new RestoreOrder(new PointerBudget(pointer, pointer), new Mode.Regular());
        }

        @Override
        public long params(BundleManifest model) {
            return sum(model, pointer, List.of(pointer));
        }
    }

    /**
     * Adaptive inference.
     *
     * @param rule by which the depth of each part of the image is found
     * @param threshold the rule's dial
     */
    record Threshold(AdaptiveRule rule, double threshold) implements Restored {
        @Override
        public String label() {
            return switch (rule) {
                case SHARPNESS -> String.format(Locale.ROOT, "h=%.2f", threshold);
                case PAYOFF -> String.format(Locale.ROOT, "payoff %.3f", threshold);
            };
        }

        @Override
        public RestoreOrder order(BundleManifest model) {
            return new RestoreOrder(new PointerBudget(1, model.n()), mode(model));
        }

        private Mode mode(BundleManifest model) {
            return switch (rule) {
                case SHARPNESS ->
                        new Mode.Adaptive(new SharpnessRule(threshold, model.scoreBase()));
                case PAYOFF ->
                        new Mode.Priced(
                                new PayoffRule(threshold, Objects.requireNonNull(model.payoff())));
            };
        }

        @Override
        public long params(BundleManifest model) {
            return switch (rule) {
                case SHARPNESS -> sum(model, model.n(), exits(model));
                case PAYOFF ->
                        sum(model, model.n(), IntStream.rangeClosed(1, model.n()).boxed().toList());
            };
        }

        private static List<Integer> exits(BundleManifest model) {
            return Stream.concat(model.exitPoints().stream(), Stream.of(model.n())).toList();
        }
    }

    private static long sum(BundleManifest model, int pointer, List<Integer> branches) {
        Stream<Graph> stages = model.stages().stream().limit(pointer);
        Stream<Graph> heads = branches.stream().map(branch -> model.branches().get(branch - 1));
        return model.stem().params() + Stream.concat(stages, heads).mapToLong(Graph::params).sum();
    }
}

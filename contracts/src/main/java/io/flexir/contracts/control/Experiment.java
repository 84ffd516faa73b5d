package io.flexir.contracts.control;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.AdaptiveRule;

import org.jspecify.annotations.Nullable;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ways of granting depth that are compared on the jobs that leave it to the fleet. Which job gets
 * which is a hash of its id, the same everywhere.
 *
 * @param variants at least two
 * @param promoted the variant that won: all jobs get it, and no more are assigned
 */
public record Experiment(List<Variant> variants, @Nullable String promoted) {
    private static final int MAX_VARIANTS = 20;

    public Experiment {
        variants = Require.list("variants", variants, MAX_VARIANTS);
        Require.that(variants.size() >= 2, "variants", "must be at least two");
        Set<String> names = new HashSet<>();
        variants.forEach(variant -> names.add(variant.name()));
        Require.that(names.size() == variants.size(), "variants", "must have different names");
        if (promoted != null) {
            Require.that(names.contains(promoted), "promoted", "must name a variant");
        }
    }

    /**
     * One way. Without a policy and a threshold it is what jobs would get anyway.
     *
     * @param name of the variant
     * @param weight its part of the jobs is this over the weights of all
     * @param shadow whether it is only reckoned what it would have granted; false when left out
     * @param policy decides the budget in place of the one in force; {@code fixed} is a pointer
     * @param threshold of adaptive inference in place of regular
     * @param rule of adaptive inference, {@link AdaptiveRule#SHARPNESS} when left out
     */
    public record Variant(
            String name,
            double weight,
            @DefaultsTo("false") Boolean shadow,
            @Nullable BudgetPolicy policy,
            @Nullable Double threshold,
            @Nullable AdaptiveRule rule) {
        @SuppressWarnings({"ConstantValue", "NullAway"})
        public Variant {
            shadow = shadow == null ? Boolean.FALSE : shadow;
            Require.name("name", name, 32);
            Require.between("weight", weight, 0.001, 1000);
            if (threshold != null) {
                Require.between("threshold", threshold, 0.0, 100.0);
            }
            Require.that(
                    rule == null || threshold != null, "rule", "must not come without a threshold");
            Require.that(
                    !shadow || (policy != null && threshold == null),
                    "shadow",
                    "must come with a policy and no threshold: nothing else can be reckoned");
        }
    }
}

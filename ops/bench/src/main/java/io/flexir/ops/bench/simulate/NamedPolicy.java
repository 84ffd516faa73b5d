package io.flexir.ops.bench.simulate;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;

import java.util.List;
import java.util.Optional;

/**
 * A policy under the name that a person asks for it by.
 *
 * @param terms none for an oracle
 */
public record NamedPolicy(String name, Optional<BudgetPolicy> terms) {
    /** All that are compared when nobody says which. */
    public static final List<String> ALL =
            List.of("fixed-min", "fixed-max", "load:10", "slack", "gain", "oracle", "oracle-free");

    /**
     * @throws IllegalArgumentException when there is none of this name
     */
    public static NamedPolicy of(String name) {
        return switch (name) {
            case "oracle", "oracle-free" -> new NamedPolicy(name, Optional.empty());
            case "fixed-min" -> fixed(name, 1);
            case "fixed-max" -> fixed(name, Depth.MAX_POINTER);
            case "slack" -> policy(name, new BudgetPolicy.Slack());
            case "gain" -> policy(name, new BudgetPolicy.Gain());
            case "load" -> policy(name, new BudgetPolicy.Load(30));
            default -> withParameter(name);
        };
    }

    private static NamedPolicy withParameter(String name) {
        if (name.startsWith("fixed:")) {
            return fixed(name, Integer.parseInt(name.substring("fixed:".length())));
        }
        if (name.startsWith("load:")) {
            return policy(
                    name,
                    new BudgetPolicy.Load(Double.parseDouble(name.substring("load:".length()))));
        }
        throw new IllegalArgumentException("there is no policy " + name);
    }

    private static NamedPolicy fixed(String name, int pointer) {
        return policy(name, new BudgetPolicy.Fixed(pointer));
    }

    private static NamedPolicy policy(String name, BudgetPolicy terms) {
        return new NamedPolicy(name, Optional.of(terms));
    }
}

package io.flexir.scheduler;

import io.flexir.contracts.control.BudgetPolicy;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code gain}, {@code slack}, {@code load:SECONDS} and {@code fixed:POINTER}. */
public final class PolicyConverter implements ITypeConverter<BudgetPolicy> {
    @Override
    public BudgetPolicy convert(String value) {
        int colon = value.indexOf(':');
        String kind = colon < 0 ? value : value.substring(0, colon);
        String parameter = colon < 0 ? "" : value.substring(colon + 1);
        try {
            return switch (kind) {
                case "load" -> new BudgetPolicy.Load(Double.parseDouble(parameter));
                case "fixed" -> new BudgetPolicy.Fixed(Integer.parseInt(parameter));
                case "slack" -> without(parameter, new BudgetPolicy.Slack());
                case "gain" -> without(parameter, new BudgetPolicy.Gain());
                default -> throw new TypeConversionException(HOW);
            };
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(HOW + " (" + wrong.getMessage() + ")");
        }
    }

    private static BudgetPolicy without(String parameter, BudgetPolicy policy) {
        if (!parameter.isEmpty()) {
            throw new TypeConversionException(HOW);
        }
        return policy;
    }

    private static final String HOW = "must be gain, slack, load:SECONDS or fixed:POINTER";
}

package io.flexir.scheduler;

import io.flexir.contracts.control.BudgetPolicy;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads {@code load:SECONDS} and {@code fixed:POINTER}. */
final class PolicyConverter implements ITypeConverter<BudgetPolicy> {
    @Override
    public BudgetPolicy convert(String value) {
        int colon = value.indexOf(':');
        String kind = colon < 0 ? value : value.substring(0, colon);
        String parameter = colon < 0 ? "" : value.substring(colon + 1);
        try {
            return switch (kind) {
                case "load" -> new BudgetPolicy.Load(Double.parseDouble(parameter));
                case "fixed" -> new BudgetPolicy.Fixed(Integer.parseInt(parameter));
                default -> throw new TypeConversionException(HOW);
            };
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(HOW + " (" + wrong.getMessage() + ")");
        }
    }

    private static final String HOW = "must be load:SECONDS or fixed:POINTER";
}

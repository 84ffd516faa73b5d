package io.flexir.ops.cli;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.scheduler.PolicyConverter;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads {@code NAME}, {@code NAME=policy:POLICY}, {@code NAME=shadow:POLICY} and {@code
 * NAME=adaptive:[RULE:]H}.
 */
final class VariantConverter implements ITypeConverter<Variant> {
    private static final String HOW =
            "must be NAME, NAME=policy:POLICY, NAME=shadow:POLICY or NAME=adaptive:[RULE:]H";

    @Override
    public Variant convert(String value) throws Exception {
        int equals = value.indexOf('=');
        if (equals < 0) {
            return variant(value, false, null, null);
        }
        String name = value.substring(0, equals);
        String change = value.substring(equals + 1);
        int colon = change.indexOf(':');
        String parameter = change.substring(colon + 1);
        return switch (change.substring(0, Math.max(0, colon))) {
            case "policy" -> variant(name, false, new PolicyConverter().convert(parameter), null);
            case "shadow" -> variant(name, true, new PolicyConverter().convert(parameter), null);
            case "adaptive" ->
                    variant(name, false, null, new AdaptiveDial.Converter().convert(parameter));
            default -> throw new TypeConversionException(HOW);
        };
    }

    private static Variant variant(
            String name,
            boolean shadow,
            @Nullable BudgetPolicy policy,
            @Nullable AdaptiveDial dial) {
        try {
            return new Variant(
                    name,
                    1,
                    shadow,
                    policy,
                    dial == null ? null : dial.threshold(),
                    dial == null ? null : dial.rule());
        } catch (InvalidFieldException wrong) {
            throw new TypeConversionException(HOW + " (" + wrong.getMessage() + ")");
        }
    }
}

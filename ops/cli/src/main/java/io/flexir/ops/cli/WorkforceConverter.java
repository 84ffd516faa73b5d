package io.flexir.ops.cli;

import io.flexir.ops.local.stack.Workforce;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code 2} (workers in one process) and {@code 1..4} (processes, as many as are wanted). */
final class WorkforceConverter implements ITypeConverter<Workforce> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,4})(?:\\.\\.(\\d{1,4}))?");

    @Override
    public Workforce convert(String value) {
        Matcher form = FORM.matcher(value);
        if (!form.matches()) {
            throw new TypeConversionException("must be a number such as 2 or a range such as 1..4");
        }
        int first = Integer.parseInt(form.group(1));
        try {
            return form.group(2) == null
                    ? Workforce.of(first)
                    : Workforce.between(first, Integer.parseInt(form.group(2)));
        } catch (IllegalArgumentException wrong) {
            throw new TypeConversionException(wrong.getMessage());
        }
    }

    /** The same as people read it. */
    static String text(Workforce workers) {
        return switch (workers) {
            case Workforce.InProcess(int count, int _, int _) -> Integer.toString(count);
            case Workforce.Scaled(var scaling) ->
                    scaling.minWorkers() + ".." + scaling.maxWorkers();
        };
    }
}

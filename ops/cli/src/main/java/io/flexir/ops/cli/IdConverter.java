package io.flexir.ops.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.regex.Pattern;

/**
 * Ids of jobs and batches, names of experiments: what is none would be taken for another part of an
 * address.
 */
final class IdConverter implements ITypeConverter<String> {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    @Override
    public String convert(String text) {
        if (!FORM.matcher(text).matches()) {
            throw new TypeConversionException(
                    "'" + text + "' is no id: letters, digits, '.', '_' and '-', 64 at most");
        }
        return text;
    }
}

package io.flexir.ops.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a TCP port, 0 for any that is free. */
final class PortConverter implements ITypeConverter<Integer> {
    private static final int MAX = 65_535;

    @Override
    public Integer convert(String value) {
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > MAX) {
            throw new TypeConversionException("must be a port, 0 to " + MAX);
        }
        return Integer.valueOf(value);
    }
}

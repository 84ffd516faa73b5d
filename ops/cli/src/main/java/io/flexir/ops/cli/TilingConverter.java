package io.flexir.ops.cli;

import io.flexir.ops.bench.engine.Tiling;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code whole}, or the side of a square in pixels. */
final class TilingConverter implements ITypeConverter<Tiling> {

    private static final String WHOLE = "whole";
    private static final int LONGEST_SIDE = 1 << 15;

    @Override
    public Tiling convert(String text) {
        if (text.equals(WHOLE)) {
            return new Tiling.Whole();
        }
        try {
            int side = Integer.parseInt(text);
            if (side >= 1 && side <= LONGEST_SIDE) {
                return Tiling.Bounded.ofSide(side);
            }
        } catch (NumberFormatException _) {
            // Told below, with what would be right.
        }
        throw new TypeConversionException(
                "'" + text + "' is neither whole nor a number of pixels from 1 to " + LONGEST_SIDE);
    }
}

package io.flexir.ops.cli;

import io.flexir.ops.bench.chaos.plan.FaultKind;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

import java.util.Arrays;
import java.util.Iterator;

/** Kinds of faults as people write them: {@code kill-worker}. */
final class FaultKindConverter implements ITypeConverter<FaultKind> {

    @Override
    public FaultKind convert(String text) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.label().equals(text))
                .findFirst()
                .orElseThrow(
                        () ->
                                new TypeConversionException(
                                        "'" + text + "' is no kind of fault: --help lists them"));
    }

    /** All of them, for the help. */
    static final class Labels implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Arrays.stream(FaultKind.values()).map(FaultKind::label).iterator();
        }
    }
}

package io.flexir.ops.cli;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.ops.bench.quality.Candidate;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Ways of inference to measure. */
final class WayOptions {

    private static final String ALL = "all";
    private static final String NONE = "none";

    @Option(
            names = "--pointer",
            paramLabel = "P",
            split = ",",
            defaultValue = ALL,
            description =
                    "Pointers of regular inference: all, none, or some such as 1,3 (default: ${DEFAULT-VALUE}).")
    private List<String> pointers;

    @Option(
            names = "--adaptive",
            paramLabel = "H",
            split = ",",
            description = "Thresholds of adaptive inference, such as 1.00,1.05,1.10.")
    private List<Double> thresholds = List.of();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Pointers first, thresholds after them, each once.
     *
     * @throws ParameterException if the bundle has no such pointer, or there is nothing to measure
     */
    List<Candidate.Restored> ways(BundleManifest model) {
        List<Candidate.Restored> ways =
                Stream.<Candidate.Restored>concat(
                                pointers(model).mapToObj(Candidate.Pointer::new),
                                thresholds.stream().map(this::threshold))
                        .distinct()
                        .toList();
        if (ways.isEmpty()) {
            throw wrong("with --pointer none, --adaptive is needed");
        }
        return ways;
    }

    private IntStream pointers(BundleManifest model) {
        if (pointers.equals(List.of(ALL))) {
            return IntStream.rangeClosed(1, model.n());
        }
        return pointers.equals(List.of(NONE))
                ? IntStream.empty()
                : pointers.stream().mapToInt(text -> pointer(text, model));
    }

    private int pointer(String text, BundleManifest model) {
        try {
            int pointer = Integer.parseInt(text.strip());
            if (pointer >= 1 && pointer <= model.n()) {
                return pointer;
            }
        } catch (NumberFormatException _) {
            // Told below, with what would be right.
        }
        throw wrong(
                "'"
                        + text
                        + "' is no pointer of bundle "
                        + model.name()
                        + ": all, none, or some of 1 to "
                        + model.n());
    }

    private Candidate.Threshold threshold(double threshold) {
        if (!(threshold >= 0 && Double.isFinite(threshold))) {
            throw wrong("a threshold must be 0 or more, is " + threshold);
        }
        return new Candidate.Threshold(threshold);
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}

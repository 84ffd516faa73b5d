package io.flexir.ops.cli;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.request.AdaptiveRule;
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
            paramLabel = "[RULE:]H",
            split = ",",
            converter = AdaptiveDial.Converter.class,
            description =
                    "Thresholds of adaptive inference, such as 1.00,1.05,payoff:0.3,payoff:0.5; the rule is sharpness where none is named.")
    private List<AdaptiveDial> dials = List.of();

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
                                dials.stream().map(dial -> adaptive(dial, model)))
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

    private Candidate.Threshold adaptive(AdaptiveDial dial, BundleManifest model) {
        if (dial.rule() == AdaptiveRule.PAYOFF && model.payoff() == null) {
            throw wrong("bundle " + model.name() + " has no payoff table: calibrate it first");
        }
        return new Candidate.Threshold(dial.rule(), dial.threshold());
    }

    private ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}

package io.flexir.ops.cli;

import io.flexir.contracts.request.Depth;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Optional;

/** How deep the network is to go: one of these or neither. */
final class DepthOptions {

    @Option(
            names = "--pointer",
            paramLabel = "P",
            description = "Every region runs to this pointer, 1 to the model's deepest.")
    private @Nullable Integer pointer;

    @Option(
            names = "--adaptive",
            paramLabel = "[RULE:]H",
            converter = AdaptiveDial.Converter.class,
            description =
                    "Each part of the image goes as deep as a rule says. payoff:0.5: a stage deeper where a thousand multiply-adds a pixel are expected to take 0.5 percent or more off the image's squared error. sharpness:1.05, or 1.05: until the score of its output exceeds 1.05 times the model's base.")
    private @Nullable AdaptiveDial dial;

    /** Empty if nothing was asked for. */
    static Optional<Depth> of(@Nullable DepthOptions options) {
        if (options == null) {
            return Optional.empty();
        }
        if (options.pointer != null) {
            return Optional.of(new Depth.Fixed(options.pointer));
        }
        return Optional.ofNullable(options.dial)
                .map(dial -> new Depth.Adaptive(dial.threshold(), dial.rule()));
    }
}

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
            paramLabel = "H",
            description =
                    "A region stops once its score exceeds H times the model's base; such as 1.00 or 1.05.")
    private @Nullable Double threshold;

    /** Empty if nothing was asked for. */
    static Optional<Depth> of(@Nullable DepthOptions options) {
        if (options == null) {
            return Optional.empty();
        }
        if (options.pointer != null) {
            return Optional.of(new Depth.Fixed(options.pointer));
        }
        return Optional.ofNullable(options.threshold).map(Depth.Adaptive::new);
    }
}

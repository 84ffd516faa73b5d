package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.work.Inference;

/** Which way of inference a depth asks for. */
final class Inferences {
    private Inferences() {}

    static Inference of(Depth depth) {
        return switch (depth) {
            case Depth.Fixed ignored -> new Inference.Regular();
            case Depth.Automatic ignored -> new Inference.Regular();
            case Depth.Adaptive adaptive ->
                    new Inference.Adaptive(adaptive.threshold(), adaptive.rule());
        };
    }
}

package io.flexir.worker.restore.exit;

import java.util.OptionalDouble;

/**
 * The paper's rule: a region stops when the score of its output is above {@code threshold * base}.
 * A region without any gradient stops with score 0: depth has nothing to add to it.
 *
 * @param threshold the user's dial {@code h}: 1.00, 1.05, ...; larger goes deeper
 * @param base median full-depth score of the bundle's calibration regions
 */
public record SharpnessRule(double threshold, double base) implements ExitRule {
    public SharpnessRule {
        if (!(threshold >= 0) || !(base >= 0)) {
            throw new IllegalArgumentException(
                    "threshold " + threshold + " and base " + base + " must not be negative");
        }
    }

    @Override
    public Verdict judge(Luma output) {
        OptionalDouble score = Sharpness.omega(output);
        return score.isPresent()
                ? new Verdict(score.getAsDouble() > threshold * base, score.getAsDouble())
                : new Verdict(true, 0);
    }
}

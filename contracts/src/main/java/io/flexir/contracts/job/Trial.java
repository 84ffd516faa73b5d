package io.flexir.contracts.job;

import io.flexir.contracts.check.Require;
import io.flexir.contracts.request.Depth;

import org.jspecify.annotations.Nullable;

/**
 * The part that a job has in an experiment.
 *
 * @param experiment its name
 * @param variant that the job was assigned
 * @param shadowPointer what a shadow variant would have granted; none for a live one
 * @param shadowGigaMacs what that would have cost, as predicted
 */
public record Trial(
        String experiment,
        String variant,
        @Nullable Integer shadowPointer,
        @Nullable Double shadowGigaMacs) {
    public Trial {
        Require.name("experiment", experiment, 32);
        Require.name("variant", variant, 32);
        if (shadowPointer != null) {
            Require.between("shadowPointer", shadowPointer, 1, Depth.MAX_POINTER);
        }
    }
}

package io.flexir.contracts.work;

import io.flexir.contracts.check.Require;

/**
 * What a job drew, with the way it was found out.
 *
 * @param joules energy in joules
 * @param method how: {@code rapl}, {@code nvml}, or {@code estimate:<what was assumed>}
 */
public record Energy(double joules, String method) {
    public Energy {
        Require.between("joules", joules, 0, 1e12);
        Require.text("method", method, 128);
    }
}

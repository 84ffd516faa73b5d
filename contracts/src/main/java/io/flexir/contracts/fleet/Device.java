package io.flexir.contracts.fleet;

import io.flexir.contracts.check.Require;

/**
 * What a worker computes on.
 *
 * @param kind {@code cpu} or {@code cuda}
 * @param name what the vendor calls it
 * @param threads threads that one inference uses
 */
public record Device(String kind, String name, int threads) {
    public Device {
        Require.name("kind", kind, 32);
        Require.text("name", name, 128);
        Require.between("threads", threads, 1, 4096);
    }
}

package io.flexir.ops.bench.chaos.fleet;

import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.Ports;

import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Ports for processes that die and come back. They lie under those that systems give to clients'
 * connections (from 32768 on), one of which would else take the port of a dead process.
 */
final class LastingPorts {
    private static final int FIRST = 15_000;
    private static final int END = 32_000;
    private static final int TRIES = 100;

    private final RandomGenerator random = new Random();

    /**
     * A port that is free now.
     *
     * @param owner what will listen there
     */
    int next(String owner) {
        for (int i = 1; ; i++) {
            try {
                return Ports.choose(random.nextInt(FIRST, END), owner);
            } catch (CannotStart taken) {
                if (i == TRIES) {
                    throw taken;
                }
            }
        }
    }
}

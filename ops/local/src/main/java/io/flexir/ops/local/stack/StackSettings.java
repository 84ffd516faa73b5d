package io.flexir.ops.local.stack;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.Depth;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.Ports;

import java.nio.file.Path;

/**
 * What a local stack is made of.
 *
 * @param directory holds everything that is to last: broker, objects, ledger; closed with the stack
 * @param port of the scheduler's API, {@link Ports#ANY} for a free one
 * @param workers at least 1; they share the processors
 * @param bundles directory of the models, one directory each
 * @param policy how the scheduler grants depth, until somebody changes it
 */
public record StackSettings(
        DataDirectory directory, int port, int workers, Path bundles, BudgetPolicy policy) {

    /** Every job as deep as it asks for, however many wait. */
    public static final BudgetPolicy FULL_DEPTH = new BudgetPolicy.Fixed(Depth.MAX_POINTER);

    private static final int MAX_WORKERS = 64;

    public StackSettings {
        if (workers < 1 || workers > MAX_WORKERS) {
            throw new IllegalArgumentException(
                    "workers must be 1 to " + MAX_WORKERS + ", was " + workers);
        }
    }
}

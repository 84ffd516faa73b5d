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
 * @param log of this process; those of its children are beside it, as NAME-CHILD.EXT
 * @param port of the scheduler's API, {@link Ports#ANY} for a free one
 * @param schedulers the first in this process, the others in processes of their own; they share the
 *     jobs
 * @param workers what works
 * @param bundles directory of the models, one directory each
 * @param policy how the scheduler grants depth, until somebody changes it
 * @param traced whether it exports traces, to where the standard {@code OTEL_*} variables say
 */
public record StackSettings(
        DataDirectory directory,
        Path log,
        int port,
        int schedulers,
        Workforce workers,
        Path bundles,
        BudgetPolicy policy,
        boolean traced) {

    /** Every job as deep as it asks for, however many wait. */
    public static final BudgetPolicy FULL_DEPTH = new BudgetPolicy.Fixed(Depth.MAX_POINTER);

    public static final int MAX_SCHEDULERS = 8;

    /** One that is not traced. */
    public StackSettings(
            DataDirectory directory,
            Path log,
            int port,
            int schedulers,
            Workforce workers,
            Path bundles,
            BudgetPolicy policy) {
        this(directory, log, port, schedulers, workers, bundles, policy, false);
    }

    public StackSettings {
        if (schedulers < 1 || schedulers > MAX_SCHEDULERS) {
            throw new IllegalArgumentException(
                    "schedulers must be 1 to " + MAX_SCHEDULERS + ", was " + schedulers);
        }
    }

    /** Where a child process logs. */
    Path logOf(String child) {
        String name = log.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return log.resolveSibling(
                dot < 0
                        ? name + "-" + child
                        : name.substring(0, dot) + "-" + child + name.substring(dot));
    }
}

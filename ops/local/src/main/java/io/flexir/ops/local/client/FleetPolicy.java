package io.flexir.ops.local.client;

import io.flexir.contracts.control.BudgetPolicy;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * How a fleet grants depth.
 *
 * @param version as it stands in receipts
 * @param configured whether it is what the scheduler was started with
 * @param since when it was asked for
 * @param level pointer of the deepest model that automatic jobs may reach now
 * @param pricePerWorkerSecond what a worker-second is worth to others now, in dB
 */
public record FleetPolicy(
        BudgetPolicy policy,
        String version,
        boolean configured,
        @Nullable Instant since,
        int level,
        double pricePerWorkerSecond) {}

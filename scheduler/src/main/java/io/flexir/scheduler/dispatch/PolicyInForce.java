package io.flexir.scheduler.dispatch;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.dispatch.DecisionEvents.Cause;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The policy that decides budgets now, and what it goes by.
 *
 * @param version as it stands in orders and receipts
 * @param since when it was asked for; none for what was configured
 * @param level pointer of the deepest model that automatic jobs may go to; 0 before the first look
 *     at the load
 * @param price what a worker-second is worth, in dB; 0 while there is enough for all
 */
public record PolicyInForce(
        BudgetPolicy policy,
        String version,
        Cause cause,
        @Nullable Instant since,
        int level,
        double price) {}

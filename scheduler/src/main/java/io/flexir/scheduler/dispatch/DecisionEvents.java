package io.flexir.scheduler.dispatch;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.load.FleetWatch;

/**
 * What changes of that which budgets are decided by, for whoever counts it. Called from the
 * topology's threads: must be quick and must not throw.
 */
public interface DecisionEvents {
    /** Another policy, or another parameter of it, is in force. */
    void policyChanged(BudgetPolicy policy, Cause cause);

    /** The level that automatic jobs may go to, as it is now. */
    void level(int level);

    /** The level moved by a step. */
    void levelMoved(int from, int to);

    /** What a worker-second is worth, in dB, as it is now. */
    void price(double dbPerWorkerSecond);

    /** A worker joined the fleet, or left it. */
    void workerChanged(FleetWatch.Kind kind);

    /** How a tenant with terms of its own stands. */
    void tenant(TenantState state);

    /** A restored job of a tenant was given less than it would have been in an idle fleet. */
    void qualityGivenAway(TenantId tenant, double decibels, double gigaMacs);

    /** A job was refused because its tenant has too much waiting. */
    void quotaRefused(TenantId tenant);

    /** Why a policy is in force. */
    enum Cause {
        /** It is what the scheduler was started with. */
        CONFIGURED,
        /** Somebody asked for it. */
        ASKED,
        /** What was asked for was taken back. */
        RESET
    }
}

package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.access.InputRules;
import io.flexir.scheduler.budget.TenantRules;

import java.time.Duration;
import java.util.List;

/**
 * How jobs are run; nothing of Kafka.
 *
 * @param pools sets of like workers that orders may go to; each has a topic
 * @param creditPerSlot orders out for each slot of a ready worker
 * @param heartbeatTimeToLive a worker that was not heard of for longer counts as dead
 * @param patience how long an order may go unheard of
 * @param policy budgets until a control record says otherwise
 * @param tenants who gets which part of the fleet, and how much may wait
 * @param inputs which objects their jobs may name
 * @param limits bounds on one job and on the ledger
 * @param tick between two looks at credit, cancellations and expired deadlines
 */
public record JobsRules(
        List<String> pools,
        double creditPerSlot,
        Duration heartbeatTimeToLive,
        Patience patience,
        BudgetPolicy policy,
        TenantRules tenants,
        InputRules inputs,
        Limits limits,
        Duration tick) {
    /** Where tenants may name every object. */
    public JobsRules(
            List<String> pools,
            double creditPerSlot,
            Duration heartbeatTimeToLive,
            Patience patience,
            BudgetPolicy policy,
            TenantRules tenants,
            Limits limits,
            Duration tick) {
        this(
                pools,
                creditPerSlot,
                heartbeatTimeToLive,
                patience,
                policy,
                tenants,
                InputRules.ANY,
                limits,
                tick);
    }

    /** Where all tenants are equal, too. */
    public JobsRules(
            List<String> pools,
            double creditPerSlot,
            Duration heartbeatTimeToLive,
            Patience patience,
            BudgetPolicy policy,
            Limits limits,
            Duration tick) {
        this(
                pools,
                creditPerSlot,
                heartbeatTimeToLive,
                patience,
                policy,
                TenantRules.EQUAL,
                limits,
                tick);
    }

    public JobsRules {
        pools = List.copyOf(pools);
    }
}

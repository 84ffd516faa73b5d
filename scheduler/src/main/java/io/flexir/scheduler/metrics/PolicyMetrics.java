package io.flexir.scheduler.metrics;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.dispatch.DecisionEvents;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

import java.util.List;

/** How depth is granted. */
final class PolicyMetrics {
    private static final List<String> POLICY_KINDS = List.of("fixed", "load", "slack", "gain");

    private final Gauge policy;
    private final Gauge policyParameter;
    private final Counter policyChanges;
    private final Gauge level;
    private final Counter levelMoves;
    private final Gauge price;

    PolicyMetrics(Collectors collectors) {
        this.policy =
                collectors.gauge(
                        "flexir_policy",
                        "1 for the kind of budget policy in force, else 0.",
                        "kind");
        this.policyParameter =
                collectors.gauge(
                        "flexir_policy_parameter",
                        "Its parameter: the pointer of fixed, the target seconds of load, else 0.");
        this.policyChanges =
                collectors.counter(
                        "flexir_policy_changes_total", "Changes of the policy, by cause.", "cause");
        this.level =
                collectors.gauge(
                        "flexir_policy_level",
                        "Pointer of the deepest model that automatic jobs may reach.");
        this.levelMoves =
                collectors.counter(
                        "flexir_policy_level_moves_total", "Steps of that level.", "direction");
        this.price =
                collectors.gauge(
                        "flexir_price_db_per_worker_second",
                        "What a worker-second is worth to those who wait and are to come; 0 where there is enough.");
    }

    void policyChanged(BudgetPolicy changed, DecisionEvents.Cause cause) {
        String kind = kindOf(changed);
        POLICY_KINDS.forEach(each -> policy.labels(each).set(each.equals(kind) ? 1 : 0));
        policyParameter.set(
                switch (changed) {
                    case BudgetPolicy.Fixed fixed -> fixed.pointer();
                    case BudgetPolicy.Load load -> load.targetBacklogSeconds();
                    case BudgetPolicy.Slack ignored -> 0;
                    case BudgetPolicy.Gain ignored -> 0;
                });
        policyChanges.labels(Collectors.label(cause)).inc();
    }

    void level(int now) {
        level.set(now);
    }

    void levelMoved(int from, int to) {
        levelMoves.labels(to < from ? "down" : "up").inc();
    }

    void price(double dbPerWorkerSecond) {
        price.set(dbPerWorkerSecond);
    }

    private static String kindOf(BudgetPolicy policy) {
        return switch (policy) {
            case BudgetPolicy.Fixed ignored -> "fixed";
            case BudgetPolicy.Load ignored -> "load";
            case BudgetPolicy.Slack ignored -> "slack";
            case BudgetPolicy.Gain ignored -> "gain";
        };
    }
}

package io.flexir.ops.bench.flow;

import io.flexir.contracts.control.BudgetPolicy;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is measured.
 *
 * @param requests of one round, which lie in their topic before it begins
 * @param rounds that count; one more, of the same size, goes first to warm up
 * @param perSecond requests a second that an idle fleet gets
 * @param idleFor how long it gets them
 * @param policy how the scheduler grants depth
 * @param bundles directory of the models
 */
public record FlowSettings(
        int requests,
        int rounds,
        double perSecond,
        Duration idleFor,
        BudgetPolicy policy,
        Path bundles) {
    int idleRequests() {
        return (int) Math.max(1, perSecond * idleFor.toMillis() / 1000);
    }
}

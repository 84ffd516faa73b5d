package io.flexir.ops.bench.flow;

import io.flexir.contracts.control.BudgetPolicy;

import java.nio.file.Path;
import java.time.Duration;

/**
 * What is measured.
 *
 * @param requests of one round, which lie in their topic before it begins
 * @param rounds that count
 * @param warmUp requests that go before at least, in rounds of the same size: code runs at its
 *     speed once it was compiled, and a scheduler runs for long
 * @param perSecond requests a second that an idle fleet gets
 * @param idleFor how long it gets them
 * @param policy how the scheduler grants depth
 * @param bundles directory of the models
 */
public record FlowSettings(
        int requests,
        int rounds,
        int warmUp,
        double perSecond,
        Duration idleFor,
        BudgetPolicy policy,
        Path bundles) {
    int warmUpRounds() {
        return Math.ceilDiv(warmUp, requests);
    }

    int idleRequests() {
        return (int) Math.max(1, perSecond * idleFor.toMillis() / 1000);
    }
}

package io.flexir.scheduler.api.resource;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.dispatch.PolicyInForce;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The budget policy as the API shows it ({@code PolicyInForce} in the API description).
 *
 * @param configured whether it is what the scheduler was started with
 */
public record PolicyResource(
        BudgetPolicy policy,
        String version,
        boolean configured,
        @Nullable Instant since,
        int level,
        double pricePerWorkerSecond) {
    public static PolicyResource of(PolicyInForce now) {
        return new PolicyResource(
                now.policy(),
                now.version(),
                now.since() == null,
                now.since(),
                now.level(),
                now.price());
    }
}

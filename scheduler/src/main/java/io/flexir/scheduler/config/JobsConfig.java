package io.flexir.scheduler.config;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.scheduler.access.AccessRules;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.jobs.JobsRules;
import io.flexir.scheduler.jobs.Limits;
import io.flexir.scheduler.jobs.Patience;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/**
 * How jobs are run.
 *
 * @param pools sets of like workers that orders go to; each has a work topic
 * @param policy pointer budgets, until a control record changes it
 * @param tenants file with weights and quotas; none makes everybody equal
 * @param creditPerSlot orders out for each slot of a ready worker
 * @param heartbeatTimeToLive a worker that was not heard of for longer counts as dead
 * @param orderPatience an order that no worker names for so long, while one has room, is sent
 *     again: twice the lock duration of the share group
 * @param busyOrderPatience the same while no worker has room
 * @param maxAttempts orders sent for one job
 * @param retryWait before the second order of a job whose first failed; doubled for each after it
 * @param retryShare orders after a failed one for each first order of this scheduler, beside one a
 *     second; past it failed jobs wait, and then fail for good
 * @param maxWaitingJobs in the ledger; past it a request fails at once
 * @param retention how long an ended job is remembered, to know its second request or report
 * @param maxRememberedJobs ended jobs that are remembered, the newest
 * @param tick between two looks at credit, cancellations and expired deadlines
 */
public record JobsConfig(
        List<String> pools,
        BudgetPolicy policy,
        @Nullable Path tenants,
        double creditPerSlot,
        Duration heartbeatTimeToLive,
        Duration orderPatience,
        Duration busyOrderPatience,
        int maxAttempts,
        Duration retryWait,
        double retryShare,
        int maxWaitingJobs,
        Duration retention,
        int maxRememberedJobs,
        Duration tick) {
    /** Budgets that keep the backlog under half a minute, for one pool {@code cpu}. */
    public static final JobsConfig DEFAULT =
            new JobsConfig(
                    List.of("cpu"),
                    new BudgetPolicy.Load(30),
                    null,
                    2,
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    Duration.ofMinutes(10),
                    3,
                    Duration.ofSeconds(1),
                    0.2,
                    100_000,
                    Duration.ofHours(6),
                    200_000,
                    Duration.ofMillis(20));

    public JobsConfig {
        pools = List.copyOf(pools);
    }

    /** The same with another policy. */
    public JobsConfig withPolicy(BudgetPolicy chosen) {
        return new JobsConfig(
                pools,
                chosen,
                tenants,
                creditPerSlot,
                heartbeatTimeToLive,
                orderPatience,
                busyOrderPatience,
                maxAttempts,
                retryWait,
                retryShare,
                maxWaitingJobs,
                retention,
                maxRememberedJobs,
                tick);
    }

    /** The same with another watch over orders: twice this lock duration. */
    public JobsConfig withLockDuration(Duration lock) {
        return new JobsConfig(
                pools,
                policy,
                tenants,
                creditPerSlot,
                heartbeatTimeToLive,
                lock.multipliedBy(2),
                busyOrderPatience,
                maxAttempts,
                retryWait,
                retryShare,
                maxWaitingJobs,
                retention,
                maxRememberedJobs,
                tick);
    }

    /**
     * What tenants are entitled to.
     *
     * @param bucket of uploads and results
     * @param requestsPerSecond of each tenant that has no rate of its own
     * @throws InvalidConfigException when the tenants' file is not as it must be
     */
    public Tenants entitled(String bucket, double requestsPerSecond) {
        TenantsFile file = tenants == null ? TenantsFile.NONE : TenantsFile.read(tenants);
        return file.tenants(bucket, requestsPerSecond);
    }

    /** What the topology goes by where all are equal and may name every object. */
    public JobsRules rules() {
        return rules(new Tenants(TenantRules.EQUAL, AccessRules.OPEN));
    }

    /**
     * What the topology goes by.
     *
     * @param entitled what tenants are entitled to
     */
    public JobsRules rules(Tenants entitled) {
        return new JobsRules(
                pools,
                creditPerSlot,
                heartbeatTimeToLive,
                new Patience(orderPatience, busyOrderPatience),
                policy,
                entitled.shares(),
                entitled.access().inputs(),
                new Limits(
                        maxAttempts,
                        retryWait,
                        retryShare,
                        maxWaitingJobs,
                        retention,
                        maxRememberedJobs),
                tick);
    }

    void check(Problems problems) {
        problems.unless(!pools.isEmpty(), "there must be a pool");
        problems.unless(
                new HashSet<>(pools).size() == pools.size(), "the pools must differ: " + pools);
        pools.forEach(pool -> problems.named("a pool", pool));
        problems.between("orders out for each slot", creditPerSlot, 0.1, 1000);
        problems.between(
                "the heartbeats' time to live",
                heartbeatTimeToLive,
                Duration.ofMillis(100),
                Duration.ofMinutes(10));
        problems.between(
                "the patience with orders",
                orderPatience,
                Duration.ofSeconds(1),
                Duration.ofDays(1));
        problems.between(
                "the patience with orders while all are busy",
                busyOrderPatience,
                orderPatience,
                Duration.ofDays(1));
        checkLedger(problems);
    }

    private void checkLedger(Problems problems) {
        problems.between("the number of attempts", maxAttempts, 1, 100);
        problems.between(
                "the wait before another attempt", retryWait, Duration.ZERO, Duration.ofMinutes(5));
        problems.between("the share of retries", retryShare, 0, 10);
        problems.between("the bound on waiting jobs", maxWaitingJobs, 1, 10_000_000);
        problems.between(
                "the retention of ended jobs",
                retention,
                Duration.ofMinutes(1),
                Duration.ofDays(7));
        problems.between("the bound on remembered jobs", maxRememberedJobs, 1, 10_000_000);
        problems.between("the tick", tick, Duration.ofMillis(1), Duration.ofSeconds(5));
    }
}

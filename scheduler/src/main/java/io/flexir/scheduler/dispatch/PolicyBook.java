package io.flexir.scheduler.dispatch;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord.ChangePolicy;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.Grant;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Load;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.budget.Policy;
import io.flexir.scheduler.budget.TenantPolicies;
import io.flexir.scheduler.dispatch.DecisionEvents.Cause;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * The budget policy in force, and the level that it has reached. It may be changed while jobs are
 * dispatched. Thread-safe.
 */
public final class PolicyBook {
    /** The one name that is in force; {@code policy/<this>} in the control topic changes it. */
    public static final String NAME = "default";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyBook.class);

    private final BudgetPolicy configured;
    private final DecisionEvents events;
    private Policy policy;
    private TenantPolicies tenants;
    private BudgetPolicy terms;
    private String version;
    private Cause cause = Cause.CONFIGURED;
    private @Nullable Instant since;
    private int level;
    private double price;
    private PriceSteps steps = PriceSteps.NONE;

    /**
     * @param configured in force until a control record says otherwise
     */
    public PolicyBook(BudgetPolicy configured, DecisionEvents events) {
        this.configured = configured;
        this.events = events;
        this.terms = configured;
        this.policy = Policy.of(configured);
        this.tenants = new TenantPolicies(policy);
        this.version = versionOf(configured, null);
        events.policyChanged(configured, cause);
    }

    /** Another policy from now on. Other names are kept for policies to come and change nothing. */
    public void change(ChangePolicy change) {
        if (change.name().equals(NAME)) {
            install(change.policy(), change.at(), Cause.ASKED);
        }
    }

    /** The change was taken back: what was configured holds again. */
    public void reset() {
        install(configured, null, Cause.RESET);
    }

    /** What a job would be granted now. */
    public synchronized Grant preview(JobFacts job, Load load, Instant now) {
        return policy.grant(job, load, now);
    }

    /** What is in force, and what it goes by. */
    public synchronized PolicyInForce inForce() {
        return new PolicyInForce(terms, version, cause, since, level, price);
    }

    /**
     * Waits until a change is in force.
     *
     * @param asked when it was asked for; none for a reset
     * @return whether it, or a later one, came within the patience
     */
    public synchronized boolean await(@Nullable Instant asked, Duration patience)
            throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (!holds(asked)) {
            long millis = (end - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                return false;
            }
            wait(millis);
        }
        return true;
    }

    /**
     * Moves the levels with the load: that of each tenant with its own. Called often; they move at
     * most a step a second.
     */
    public synchronized void see(
            LoadSnapshot load, Map<TenantId, LoadSnapshot> byTenant, Instant now) {
        tenants.see(byTenant, now);
        Policy next = policy.seeing(load, now);
        int from = policy.level(load.deepest());
        int to = next.level(load.deepest());
        policy = next;
        level = to;
        if (from != to) {
            events.levelMoved(from, to);
            LOG.info(
                    "event=level_changed from={} to={} cause={} deepest={} drain_seconds={}"
                            + " drain_seconds_before={} policy={}",
                    from,
                    to,
                    to < from ? "backlog-over-target" : "room-to-spare",
                    load.deepest(),
                    tenths(load.drainSeconds(to)),
                    tenths(load.drainSeconds(from)),
                    version);
        }
        events.level(to);
    }

    /**
     * Takes note of what a worker-second is worth, which moves all the time.
     *
     * @param waiting jobs that wait, which make the price
     */
    public synchronized void seePrice(double now, int waiting, Instant at) {
        price = terms instanceof BudgetPolicy.Gain ? now : 0;
        events.price(price);
        PriceSteps next = steps.seeing(price, at);
        if (!next.equals(steps)) {
            LOG.info(
                    "event=price_changed from={} to={} cause={} waiting={} policy={}",
                    steps.price(),
                    next.price(),
                    next.price() > steps.price() ? "more-work-wanted" : "less-work-wanted",
                    waiting,
                    version);
            steps = next;
        }
    }

    /**
     * Decides one job's budget.
     *
     * @param place of its tenant among the loads that are seen
     */
    public synchronized Decision grant(TenantId place, JobFacts job, Load load, Instant now) {
        return new Decision(tenants.of(place).grant(job, load, now), version);
    }

    /** Whether jobs step aside for others when not everybody can be on time. */
    public synchronized boolean letsStepAside() {
        return policy.letsStepAside();
    }

    /** The level that queued jobs would be granted now. */
    public synchronized int level(int deepest) {
        return policy.level(deepest);
    }

    private synchronized void install(BudgetPolicy wanted, @Nullable Instant at, Cause why) {
        String before = version;
        version = versionOf(wanted, at);
        cause = why;
        since = at;
        if (!wanted.equals(terms)) {
            terms = wanted;
            policy = Policy.of(wanted);
            tenants = new TenantPolicies(policy);
        }
        LOG.info(
                "event=policy_changed from={} to={} cause={}",
                before,
                version,
                why.name().toLowerCase(Locale.ROOT));
        events.policyChanged(wanted, why);
        notifyAll();
    }

    private boolean holds(@Nullable Instant asked) {
        return asked == null ? since == null : since != null && !since.isBefore(asked);
    }

    private static double tenths(double seconds) {
        return Math.round(seconds * 10) / 10.0;
    }

    private static String versionOf(BudgetPolicy policy, @Nullable Instant since) {
        String what =
                switch (policy) {
                    case BudgetPolicy.Fixed fixed -> "fixed-" + fixed.pointer();
                    case BudgetPolicy.Load load -> "load-" + load.targetBacklogSeconds() + "s";
                    case BudgetPolicy.Slack ignored -> "slack";
                    case BudgetPolicy.Gain ignored -> "gain";
                };
        return what + "@" + (since == null ? "configured" : since);
    }

    /**
     * A grant with the policy that made it.
     *
     * @param policyVersion the policy, its parameter and since when it is in force
     */
    public record Decision(Grant grant, String policyVersion) {}
}

package io.flexir.scheduler.dispatch;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord.ChangePolicy;
import io.flexir.scheduler.budget.Grant;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Load;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.budget.Policy;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;

/**
 * The budget policy in force, and the level that it has reached. It may be changed while jobs are
 * dispatched. Thread-safe.
 */
public final class PolicyBook {
    /** The one name that is in force; {@code policy/<this>} in the control topic changes it. */
    public static final String NAME = "default";

    private static final Logger LOG = LoggerFactory.getLogger(PolicyBook.class);

    private final BudgetPolicy configured;
    private Policy policy;
    private BudgetPolicy terms;
    private String version;

    /**
     * @param configured in force until a control record says otherwise
     */
    public PolicyBook(BudgetPolicy configured) {
        this.configured = configured;
        this.terms = configured;
        this.policy = Policy.of(configured);
        this.version = versionOf(configured, "configured");
    }

    /** Another policy from now on. Other names are kept for policies to come and change nothing. */
    public void change(ChangePolicy change) {
        if (change.name().equals(NAME)) {
            install(change.policy(), change.at().toString());
        }
    }

    /** The change was taken back: what was configured holds again. */
    public void reset() {
        install(configured, "configured");
    }

    /** Moves the level with the load. Called often; it moves at most a step a second. */
    public synchronized void see(LoadSnapshot load, Instant now) {
        Policy next = policy.seeing(load, now);
        int from = policy.level(load.deepest());
        int to = next.level(load.deepest());
        policy = next;
        if (from != to) {
            LOG.info(
                    "event=level_changed from={} to={} deepest={} drain_seconds={} policy={}",
                    from,
                    to,
                    load.deepest(),
                    Math.round(load.drainSeconds(from) * 10) / 10.0,
                    version);
        }
    }

    /** Decides one job's budget. */
    public synchronized Decision grant(JobFacts job, Load load, Instant now) {
        return new Decision(policy.grant(job, load, now), version);
    }

    /** Whether jobs step aside for others when not everybody can be on time. */
    public synchronized boolean letsStepAside() {
        return policy.letsStepAside();
    }

    /** The level that queued jobs would be granted now. */
    public synchronized int level(int deepest) {
        return policy.level(deepest);
    }

    private synchronized void install(BudgetPolicy wanted, String since) {
        version = versionOf(wanted, since);
        if (!wanted.equals(terms)) {
            terms = wanted;
            policy = Policy.of(wanted);
        }
        LOG.info("event=policy_changed policy={}", version);
    }

    private static String versionOf(BudgetPolicy policy, String since) {
        String what =
                switch (policy) {
                    case BudgetPolicy.Fixed fixed -> "fixed-" + fixed.pointer();
                    case BudgetPolicy.Load load -> "load-" + load.targetBacklogSeconds() + "s";
                    case BudgetPolicy.Slack ignored -> "slack";
                    case BudgetPolicy.Gain ignored -> "gain";
                };
        return what + "@" + since;
    }

    /**
     * A grant with the policy that made it.
     *
     * @param policyVersion the policy, its parameter and since when it is in force
     */
    public record Decision(Grant grant, String policyVersion) {}
}

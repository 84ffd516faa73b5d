package io.flexir.scheduler.api.control;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord;
import io.flexir.scheduler.api.problem.BodyReader;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.dispatch.PolicyBook;
import io.flexir.scheduler.dispatch.PolicyInForce;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * Changes the budget policy of every scheduler, by the control topic. Each change waits until this
 * scheduler has taken it over; the others do within moments. Blocks on the broker.
 */
public final class PolicyControl {
    private static final String KEY = "policy/" + PolicyBook.NAME;

    private final BodyReader reader = new BodyReader();
    private final PolicyBook policy;
    private final BrokerWriter broker;
    private final InstantSource clock;
    private final Duration patience;

    /**
     * @param patience how long a change is waited for
     */
    public PolicyControl(
            PolicyBook policy, BrokerWriter broker, InstantSource clock, Duration patience) {
        this.policy = policy;
        this.broker = broker;
        this.clock = clock;
        this.patience = patience;
    }

    /**
     * What is in force after a change.
     *
     * @param taken whether this scheduler goes by the change already; it is durable either way
     */
    public record Changed(PolicyInForce now, boolean taken) {}

    public PolicyInForce inForce() {
        return policy.inForce();
    }

    /**
     * @param body a policy as JSON
     * @throws io.flexir.scheduler.api.problem.RefusedException when it is none, or the broker did
     *     not acknowledge
     */
    public Changed change(byte[] body) throws InterruptedException {
        BudgetPolicy wanted = reader.read(body, BudgetPolicy.class);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        broker.write(new ControlRecord.ChangePolicy(PolicyBook.NAME, wanted, now));
        return afterwards(now);
    }

    /** What every scheduler was started with holds again. */
    public Changed reset() throws InterruptedException {
        broker.delete(KEY);
        return afterwards(null);
    }

    private Changed afterwards(@Nullable Instant asked) throws InterruptedException {
        boolean taken = policy.await(asked, patience);
        return new Changed(policy.inForce(), taken);
    }
}

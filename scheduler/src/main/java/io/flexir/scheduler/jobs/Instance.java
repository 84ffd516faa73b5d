package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.activation.ActivationBook;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.dispatch.CreditBook;
import io.flexir.scheduler.dispatch.ExperimentBook;
import io.flexir.scheduler.dispatch.FeedbackBook;
import io.flexir.scheduler.dispatch.PolicyBook;
import io.flexir.scheduler.dispatch.TenantBook;
import io.flexir.scheduler.load.Facts;
import io.flexir.scheduler.load.Fleet;
import io.flexir.scheduler.load.FleetWatch;
import io.flexir.scheduler.load.LoadModel;
import io.flexir.scheduler.load.ReceiptWindow;
import io.flexir.scheduler.tracing.MessageSpans;
import io.flexir.scheduler.tracing.Tracing;

import java.time.Instant;
import java.util.function.LongFunction;

/**
 * What the tasks of one scheduler process share. Everything in it is thread-safe, and nothing in it
 * is durable: it is rebuilt from topics and from what tasks say when they start.
 */
record Instance(
        JobsRules rules,
        int partitions,
        BundleCatalog bundles,
        Facts facts,
        Fleet fleet,
        FleetWatch workers,
        Cancellations cancellations,
        Purges purges,
        PolicyBook policy,
        ExperimentBook experiments,
        FeedbackBook feedback,
        ActivationBook activations,
        CreditBook credit,
        ReceiptWindow receipts,
        LoadModel load,
        TenantBook tenants,
        CommitPace pace,
        RetryBudget retries,
        MessageCodec codec,
        JobEvents events,
        MessageSpans spans,
        LongFunction<Instant> clock) {
    /** Whether its tenant wants this job no more. */
    boolean takenBack(RestorationRequest request) {
        return cancellations.holds(request) || purges.holds(request);
    }

    /** By the time of Kafka Streams. */
    static Instance of(JobsRules rules, int partitions, BundleCatalog bundles, JobEvents events) {
        return of(
                rules,
                partitions,
                bundles,
                events,
                new MessageSpans(Tracing.OFF),
                Instant::ofEpochMilli);
    }

    /**
     * @param partitions of the requests topic
     * @param clock the hour for everything that is dated or due, given the time of Kafka Streams
     */
    static Instance of(
            JobsRules rules,
            int partitions,
            BundleCatalog bundles,
            JobEvents events,
            MessageSpans spans,
            LongFunction<Instant> clock) {
        Fleet fleet = new Fleet(rules.heartbeatTimeToLive());
        ReceiptWindow receipts = new ReceiptWindow();
        LoadModel load = new LoadModel(fleet, receipts, bundles, rules.tenants(), partitions);
        return new Instance(
                rules,
                partitions,
                bundles,
                new Facts(bundles),
                fleet,
                new FleetWatch(),
                new Cancellations(),
                new Purges(),
                new PolicyBook(rules.policy(), events),
                new ExperimentBook(),
                new FeedbackBook(),
                new ActivationBook(
                        bundles, () -> fleet.at(clock.apply(System.currentTimeMillis())).ready()),
                new CreditBook(partitions),
                receipts,
                load,
                new TenantBook(rules.tenants(), load, events),
                new CommitPace(),
                new RetryBudget(rules.limits().retryShare()),
                new MessageCodec(),
                events,
                spans,
                clock);
    }
}

package io.flexir.scheduler.jobs;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.Trial;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** What the ledger knows of one job. Its methods are the only moves there are. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "state")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Job.Queued.class, name = "queued"),
    @JsonSubTypes.Type(value = Job.Scheduled.class, name = "scheduled"),
    @JsonSubTypes.Type(value = Job.Settled.class, name = "settled")
})
public sealed interface Job {
    /** A job that has no outcome yet. */
    sealed interface Open extends Job permits Queued, Scheduled {
        RestorationRequest request();

        /** Orders sent for it so far. */
        int attempt();

        /** What its latest order was; none before the first. */
        @Nullable Order latest();

        /** Whether the job that gave this receipt was granted less than in an idle fleet. */
        default boolean grantedLess(Receipt receipt) {
            Order order = latest();
            int granted = receipt.budget().target();
            return order != null
                    && granted < order.wanted().getOrDefault(receipt.modelDigest(), granted);
        }

        default Settled settled(JobState outcome, Instant at) {
            return new Settled(outcome, at);
        }
    }

    /**
     * What is known of an order when a report of it comes.
     *
     * @param wanted the pointer that the job would have been granted in an idle fleet, by digest of
     *     the model
     * @param trial the part that it has in an experiment, if any
     * @param at when it was sent
     */
    record Order(Map<String, Integer> wanted, @Nullable Trial trial, Instant at) {
        public Order {
            wanted = Map.copyOf(wanted);
        }
    }

    /**
     * It waits for credit.
     *
     * @param attempt orders that were sent and did not end it, 0 for a new job
     * @param notBefore when its next order may be sent, where that is not at once
     * @param latest of its orders, of which a report may come late; none for a new job, and where
     *     an earlier version wrote this
     */
    record Queued(
            RestorationRequest request,
            int attempt,
            @Nullable Instant notBefore,
            @Nullable Order latest)
            implements Open {
        /** A new job. */
        Queued(RestorationRequest request) {
            this(request, 0, null, null);
        }

        Scheduled scheduled(List<Offer> offers, String pool, @Nullable Trial trial, Instant at) {
            return new Scheduled(
                    request,
                    attempt + 1,
                    offers.getFirst().grant().budget(),
                    Offer.wanted(offers),
                    pool,
                    trial,
                    at);
        }
    }

    /**
     * An order is out.
     *
     * @param attempt which one
     * @param budget what was granted for the dearest model it may be done with
     * @param wanted the pointer that it would have been granted in an idle fleet, by digest of the
     *     model
     * @param pool where it was sent
     * @param trial the part that it has in an experiment, if any
     * @param orderedAt when
     */
    record Scheduled(
            RestorationRequest request,
            int attempt,
            PointerBudget budget,
            Map<String, Integer> wanted,
            String pool,
            @Nullable Trial trial,
            Instant orderedAt)
            implements Open {
        public Scheduled {
            wanted = Map.copyOf(wanted);
        }

        @Override
        public Order latest() {
            return new Order(wanted, trial, orderedAt);
        }

        Queued queuedAgain(@Nullable Instant notBefore) {
            return new Queued(request, attempt, notBefore, latest());
        }
    }

    /**
     * It ended. Kept for a while, so that a second request or report is known for what it is.
     *
     * @param outcome its final state
     * @param at when
     */
    record Settled(JobState outcome, Instant at) implements Job {}
}

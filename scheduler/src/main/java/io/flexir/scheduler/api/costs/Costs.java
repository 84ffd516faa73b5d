package io.flexir.scheduler.api.costs;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.api.view.TopicFollower;
import io.flexir.scheduler.costs.CostBook;
import io.flexir.scheduler.costs.CostReport;
import io.flexir.scheduler.costs.PriceList;
import io.flexir.scheduler.costs.Use;
import io.flexir.scheduler.jobs.EventHeaders;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * Costs of the whole fleet: every scheduler reads every outcome, from the beginning of the topic
 * when it starts. Thread-safe.
 */
public final class Costs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Costs.class);

    private static final Duration DAY = Duration.ofDays(1);

    private final CostBook book;
    private final InstantSource clock;
    private final TopicFollower follower;

    /**
     * @param kafka how to reach the broker
     */
    public Costs(CostBook book, Map<String, Object> kafka, InstantSource clock) {
        this.book = book;
        this.clock = clock;
        this.follower = new TopicFollower("costs", List.of(Topics.OUTCOMES), kafka, new ToBook());
    }

    public void start() {
        follower.start();
    }

    /** Whether every outcome that was there at the start has been counted. */
    public boolean complete() {
        return follower.current();
    }

    public CostReport report(CostReport.Query query) {
        return book.report(query, clock.instant());
    }

    public PriceList prices() {
        return book.prices();
    }

    /** What the last day's images drew while workers were at them; empty where there were none. */
    public OptionalDouble watts() {
        Use used = lastDay().total().used().use();
        return used.seconds() > 0
                ? OptionalDouble.of(used.joules() / used.seconds())
                : OptionalDouble.empty();
    }

    /** What this would cost on the devices that the last day's images were restored on. */
    public double money(Use use) {
        return book.money(use, clock.instant().minus(DAY));
    }

    private CostReport lastDay() {
        Instant now = clock.instant();
        Instant to = now.plusSeconds(1);
        return report(new CostReport.Query(now.minus(DAY), to, CostReport.By.TASK, null));
    }

    public Instant now() {
        return clock.instant();
    }

    @Override
    public void close() {
        follower.close();
    }

    private final class ToBook implements TopicFollower.Reader {
        private final MessageCodec codec = new MessageCodec();

        @Override
        public void read(ConsumerRecord<String, byte[]> record) {
            if (record.value() == null) {
                return;
            }
            switch (codec.decode(
                    MessageType.OUTCOME, EventHeaders.typeOf(record.headers()), record.value())) {
                case Decoded.Message<Outcome>(Outcome outcome) -> book.add(outcome);
                case Decoded.Refused<Outcome>(String reason) ->
                        LOG.warn(
                                "event=costs_record_refused partition={} offset={} reason=\"{}\"",
                                record.partition(),
                                record.offset(),
                                reason);
            }
        }

        @Override
        public void checked(long lag) {
            book.sweep(clock.instant());
        }

        @Override
        public void caughtUp() {
            LOG.info("event=costs_caught_up");
        }
    }
}

package io.flexir.scheduler.api.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flexir.contracts.job.JobView;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.webhook.WebhookDelivery;
import io.flexir.contracts.webhook.WebhookDelivery.Attempt;
import io.flexir.contracts.webhook.WebhookDelivery.State;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.view.TopicFollower;
import io.flexir.scheduler.jobs.EventHeaders;
import io.flexir.scheduler.metrics.SchedulerMetrics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Tells those who asked for it that a job has ended. What is to be told, and every try, is a record
 * in a topic of its own before anything else happens, so that it outlives its scheduler; whoever
 * reads a job's partition of the jobs' topic delivers. A message may arrive twice, with the same
 * id.
 */
public final class Webhooks implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Webhooks.class);
    private static final int MAX_AT_ONCE = 64;
    private static final int MAX_AT_ONCE_OF_TENANT = 8;
    private static final Duration AFTER_AN_OUTAGE = Duration.ofSeconds(2);
    private static final int STOP_SECONDS = 10;

    private final WebhookRules rules;
    private final Function<JobView, byte[]> payloads;
    private final BrokerWriter broker;
    private final SchedulerMetrics metrics;
    private final InstantSource clock;
    private final WebhookSender sender;
    private final DeliveryBook book = new DeliveryBook();
    private final TopicFollower follower;
    private final EndedJobs ended;
    private final Map<JobId, TenantId> inFlight = new ConcurrentHashMap<>();
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("flexir-webhook-", 0).factory());

    /**
     * @param kafka how to reach the broker
     * @param group the same for every scheduler of a fleet
     * @param payloads the body that tells of a job's end
     */
    public Webhooks(
            WebhookRules rules,
            Map<String, Object> kafka,
            String group,
            Function<JobView, byte[]> payloads,
            BrokerWriter broker,
            SchedulerMetrics metrics,
            InstantSource clock) {
        this.rules = rules;
        this.payloads = payloads;
        this.broker = broker;
        this.metrics = metrics;
        this.clock = clock;
        this.sender = new WebhookSender(rules, clock);
        this.follower =
                new TopicFollower("webhooks", List.of(Topics.WEBHOOKS), kafka, new ToBook());
        this.ended = new EndedJobs(kafka, group, this::take, this::ready, this::sendDue);
    }

    /**
     * Where there are no rules it does nothing, and leaves what is to be told to other schedulers.
     */
    @SuppressWarnings("ReferenceEquality")
    public void start() {
        if (rules == WebhookRules.NONE) {
            return;
        }
        follower.start();
        ended.start();
    }

    /** The id of the message that tells of a job's end, the same for every attempt. */
    public static String messageId(JobId job) {
        return "msg_" + job;
    }

    /** How the telling of a job's end stands, where somebody asked for it. */
    public Optional<WebhookDelivery> find(TenantId tenant, JobId job) {
        return book.find(job).filter(delivery -> delivery.tenant().equals(tenant));
    }

    @Override
    public void close() {
        ended.close();
        sender.close();
        threads.shutdownNow();
        try {
            var _ = threads.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
        follower.close();
    }

    /** Whether ended jobs can be taken: what is known of them is, and there is room. */
    private boolean ready() {
        return follower.current() && book.hasRoom();
    }

    /**
     * A record of the jobs' topic.
     *
     * @throws RefusedException when the broker did not acknowledge; it is to be taken again
     */
    private void take(ConsumerRecord<String, byte[]> record) {
        JobId id = new JobId(record.key());
        Optional<WebhookDelivery> known = book.find(id);
        if (record.value() == null) {
            // Also where the book holds it no longer: its topic may.
            broker.deleteWebhook(id);
            book.forget(id);
            return;
        }
        if (known.isEmpty()
                && EndedJobs.read(record) instanceof Decoded.Message<JobView>(JobView job)
                && job.state().isFinal()
                && job.request().webhook() != null) {
            write(delivery(job, record.partition(), clock.instant()));
        }
    }

    private WebhookDelivery delivery(JobView job, int partition, Instant now) {
        TenantId tenant = job.request().tenant();
        JobId id = job.request().jobId();
        WebhookDelivery delivery =
                new WebhookDelivery(
                        id,
                        tenant,
                        String.valueOf(job.request().webhook()),
                        messageId(id),
                        partition,
                        new String(payloads.apply(job), UTF_8),
                        State.PENDING,
                        List.of(),
                        now,
                        now);
        if (book.hasRoomFor(tenant)) {
            return delivery;
        }
        metrics.webhookEnded("dropped");
        String problem = "not tried: " + book.pendingOf(tenant) + " of the tenant wait already";
        return delivery.ended(State.FAILED, new Attempt(now, null, problem, 0), now);
    }

    /** Starts what is due of these partitions. */
    private void sendDue(Set<Integer> partitions) {
        metrics.webhooksPending(book.pending());
        int room = MAX_AT_ONCE - inFlight.size();
        if (room <= 0 || !follower.current()) {
            return;
        }
        for (WebhookDelivery delivery :
                book.due(clock.instant(), due -> isWanted(due, partitions), room)) {
            if (inFlightOf(delivery.tenant()) < MAX_AT_ONCE_OF_TENANT) {
                inFlight.put(delivery.jobId(), delivery.tenant());
                threads.execute(() -> deliver(delivery));
            }
        }
    }

    private boolean isWanted(WebhookDelivery delivery, Set<Integer> partitions) {
        return partitions.contains(delivery.partition())
                && !inFlight.containsKey(delivery.jobId())
                && inFlightOf(delivery.tenant()) < MAX_AT_ONCE_OF_TENANT;
    }

    private long inFlightOf(TenantId tenant) {
        return inFlight.values().stream().filter(tenant::equals).count();
    }

    private void deliver(WebhookDelivery delivery) {
        try {
            Sent sent = sender.send(delivery);
            boolean purged = book.find(delivery.jobId()).isEmpty();
            if (!purged && !Thread.currentThread().isInterrupted()) {
                write(after(delivery, sent));
            }
        } catch (RefusedException unacknowledged) {
            // It is due still, and sent again: with the same id.
            pause(AFTER_AN_OUTAGE);
        } finally {
            inFlight.remove(delivery.jobId());
        }
    }

    private WebhookDelivery after(WebhookDelivery delivery, Sent sent) {
        Instant now = clock.instant();
        metrics.webhookTried(sent.attempt().status(), sent.attempt().seconds());
        WebhookDelivery next =
                switch (sent) {
                    case Sent.Arrived(Attempt attempt) ->
                            delivery.ended(State.DELIVERED, attempt, now);
                    case Sent.Gone(Attempt attempt) -> delivery.ended(State.FAILED, attempt, now);
                    case Sent.Again(Attempt attempt, Duration atLeast) ->
                            rules.retries()
                                    .after(
                                            delivery.attempts().size() + 1,
                                            atLeast,
                                            ThreadLocalRandom.current()::nextDouble)
                                    .map(wait -> delivery.triedUntil(attempt, now.plus(wait), now))
                                    .orElseGet(() -> delivery.ended(State.FAILED, attempt, now));
                };
        if (!next.pending()) {
            metrics.webhookEnded(next.state() == State.DELIVERED ? "delivered" : "failed");
        }
        LOG.info(
                "event=webhook_tried job={} attempt={} status={} problem=\"{}\" state={} next={}",
                delivery.jobId(),
                next.attempts().size(),
                sent.attempt().status(),
                sent.attempt().problem(),
                next.state(),
                next.nextAttemptAt());
        return next;
    }

    private void write(WebhookDelivery delivery) {
        broker.write(delivery);
        book.apply(delivery);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private final class ToBook implements TopicFollower.Reader {
        private final MessageCodec codec = new MessageCodec();

        @Override
        public void read(ConsumerRecord<String, byte[]> record) {
            if (record.value() == null) {
                book.forget(new JobId(record.key()));
                return;
            }
            switch (codec.decode(
                    MessageType.WEBHOOK, EventHeaders.typeOf(record.headers()), record.value())) {
                case Decoded.Message<WebhookDelivery>(WebhookDelivery delivery) ->
                        book.apply(delivery);
                case Decoded.Refused<WebhookDelivery>(String reason) ->
                        LOG.warn(
                                "event=webhook_record_refused offset={} reason=\"{}\"",
                                record.offset(),
                                reason);
            }
        }

        @Override
        public void checked(long lag) {}

        @Override
        public void caughtUp() {
            LOG.info("event=webhooks_caught_up pending={}", book.pending());
        }
    }
}

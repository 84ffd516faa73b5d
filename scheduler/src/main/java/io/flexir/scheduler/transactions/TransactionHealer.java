package io.flexir.scheduler.transactions;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Aborts, on a thread of its own, transactions of schedulers that brokers have forgotten to end.
 * Nobody who reads committed records, and no scheduler that asks for its offsets, gets past one.
 */
public final class TransactionHealer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionHealer.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);

    /** Beyond the time that a coordinator gives a producer, it needs some to end what it left. */
    private static final Duration MARGIN = Duration.ofSeconds(5);

    private static final Duration STOP = Duration.ofSeconds(5);

    private final TransactionLog log;
    private final HangingRule rule;
    private final Consumer<String> aborted;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private boolean blind;
    private final Thread thread =
            Thread.ofPlatform().name("flexir-transactions").daemon(true).unstarted(this::run);

    private TransactionHealer(TransactionLog log, HangingRule rule, Consumer<String> aborted) {
        this.log = log;
        this.rule = rule;
        this.aborted = aborted;
    }

    /**
     * Begins.
     *
     * @param kafka how to reach the broker
     * @param applicationId Kafka Streams' name for the schedulers
     * @param topics that they write to
     * @param transactionTimeout of their producers
     * @param aborted told the topic of each transaction that was aborted
     */
    public static TransactionHealer start(
            Map<String, Object> kafka,
            String applicationId,
            Set<String> topics,
            Duration transactionTimeout,
            Consumer<String> aborted) {
        TransactionHealer healer =
                new TransactionHealer(
                        new TransactionLog(kafka, applicationId, topics),
                        new HangingRule(applicationId, transactionTimeout.plus(MARGIN)),
                        aborted);
        healer.thread.start();
        return healer;
    }

    @Override
    public void close() {
        stopping.countDown();
        thread.interrupt();
        try {
            if (!thread.join(STOP)) {
                LOG.warn("event=transactions_stop_timed_out seconds={}", STOP.toSeconds());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (log) {
            while (!stopsWithin(LOOK_EVERY)) {
                look();
            }
        }
    }

    private void look() {
        try {
            List<OpenTransaction> overdue = rule.overdue(log.open(), System.nanoTime());
            if (!overdue.isEmpty()) {
                heal(overdue);
            }
            blind = false;
        } catch (KafkaException unanswered) {
            // A broker that is away comes back, or is told of by everybody else.
            if (!blind && stopping.getCount() > 0) {
                LOG.warn("event=transactions_not_looked_at", unanswered);
            }
            blind = true;
        } catch (RuntimeException failure) {
            // The edge of this thread: it must outlive what it does not understand.
            LOG.error("event=transactions_not_looked_at", failure);
        }
    }

    /** One that ended while its coordinator was asked is not open any more. */
    private void heal(Collection<OpenTransaction> overdue) {
        Map<Long, Coordinated> coordinated =
                log.coordinated(
                        overdue.stream()
                                .map(OpenTransaction::producerId)
                                .collect(Collectors.toSet()));
        Set<OpenTransaction> still =
                log.open(
                        overdue.stream()
                                .map(OpenTransaction::partition)
                                .collect(Collectors.toSet()));
        for (OpenTransaction open : overdue) {
            Coordinated word = coordinated.get(open.producerId());
            if (still.contains(open) && rule.hangs(open, word)) {
                abort(open, word);
            }
        }
    }

    private void abort(OpenTransaction hanging, @Nullable Coordinated word) {
        try {
            log.abort(hanging);
        } catch (KafkaException refused) {
            // Another scheduler may have been first; if not, the next look finds it again.
            LOG.warn("event=hanging_transaction_not_aborted {}", hanging, refused);
            return;
        }
        LOG.warn("event=hanging_transaction_aborted {} {}", hanging, word);
        aborted.accept(hanging.partition().topic());
    }

    private boolean stopsWithin(Duration time) {
        try {
            return stopping.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            return true;
        }
    }
}

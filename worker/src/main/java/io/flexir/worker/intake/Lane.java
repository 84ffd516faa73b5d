package io.flexir.worker.intake;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Takes orders one at a time, each when its slot is free, and keeps their locks while they are
 * worked on elsewhere. Everything here runs on the lane's own thread, because a share consumer
 * belongs to one thread; the computing side answers through a queue, which is bounded by the
 * records held.
 */
final class Lane implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Lane.class);
    private static final Duration LOOK_AROUND = Duration.ofMillis(100);
    private static final Duration REBUILD = Duration.ofSeconds(1);
    private static final Duration ASSUMED_LOCK = Duration.ofSeconds(15);

    private final Slot slot;
    private final Supplier<WorkConsumer> consumers;
    private final RecordWork work;
    private final IntakeListener listener;
    private final IntakePause pause;
    private final InstantSource clock;
    private final DeliveryBook book = new DeliveryBook(ASSUMED_LOCK);
    private final BlockingQueue<Ended> ended = new LinkedBlockingQueue<>();
    private int running;

    /** The turn to take an order, until there is one. */
    private @Nullable Turn turn;

    private volatile boolean stopping;
    private volatile boolean abandoned;

    Lane(
            Slot slot,
            Supplier<WorkConsumer> consumers,
            RecordWork work,
            IntakeListener listener,
            IntakePause pause,
            InstantSource clock) {
        this.slot = slot;
        this.consumers = consumers;
        this.work = work;
        this.listener = listener;
        this.pause = pause;
        this.clock = clock;
    }

    private record Ended(RecordKey key, Settlement settlement) {}

    /** Takes no more orders, and ends when the one it holds has ended. Called from any thread. */
    void stop() {
        stopping = true;
    }

    /** Ends at once; what it holds goes back to the broker. Called from any thread. */
    void abandon() {
        stopping = true;
        abandoned = true;
    }

    @Override
    public void run() {
        while (!finished()) {
            if (pause.holds()) {
                await(LOOK_AROUND);
                continue;
            }
            try {
                serveWith(consumers.get());
            } catch (KafkaException | IllegalStateException problem) {
                LOG.warn("consumer failed and is made anew problem={}", problem.toString());
                await(REBUILD);
            }
        }
    }

    private void serveWith(WorkConsumer consumer) {
        try {
            serve(consumer);
        } finally {
            endTurn();
            lost(book.forgetAll());
            consumer.close();
        }
    }

    private boolean finished() {
        return abandoned || (stopping && running == 0);
    }

    /**
     * Ends when the intake pauses and nothing is held. The consumer must go then: it asks the
     * broker for the next record by itself, and would keep it from others until its lock is lost,
     * which counts as a delivery.
     */
    private void serve(WorkConsumer consumer) {
        while (!finished()) {
            lost(book.expired(clock.instant()));
            if (running == 0 && book.isEmpty() && pause.holds()) {
                return;
            }
            if (running == 0 && book.isEmpty()) {
                if (isMyTurn()) {
                    take(consumer);
                }
            } else if (book.isEmpty()) {
                // The lock was lost, but the work goes on: it may still be the first to commit.
                await(LOOK_AROUND);
            } else {
                keepLocks(consumer);
            }
        }
        acknowledge(consumer);
    }

    private void keepLocks(WorkConsumer consumer) {
        Duration quiet = book.quietFor(clock.instant());
        if (!quiet.isZero()) {
            await(quiet.compareTo(LOOK_AROUND) < 0 ? quiet : LOOK_AROUND);
            return;
        }
        acknowledge(consumer);
        if (book.awaitsReturn()) {
            take(consumer);
        }
    }

    private boolean isMyTurn() {
        try {
            if (turn == null) {
                turn = slot.begin(LOOK_AROUND).orElse(null);
            }
            return turn != null;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            abandoned = true;
            return false;
        }
    }

    /** The order that was taken has it now. */
    private Turn handOver() {
        Turn taken = turn == null ? Turn.free() : turn;
        turn = null;
        return taken;
    }

    private void endTurn() {
        if (turn != null) {
            turn.end();
            turn = null;
        }
    }

    private void take(WorkConsumer consumer) {
        consumer.poll()
                .forEach(
                        (key, record) -> {
                            consumer.lockDuration().ifPresent(book::lockLasts);
                            if (book.handedOut(key, clock.instant())) {
                                running++;
                                work.start(
                                        record,
                                        handOver(),
                                        settlement -> ended.add(new Ended(key, settlement)));
                            }
                        });
    }

    private void acknowledge(WorkConsumer consumer) {
        Instant sentAt = clock.instant();
        Map<RecordKey, AcknowledgeType> due = book.due(sentAt);
        if (due.isEmpty()) {
            return;
        }
        Map<RecordKey, String> refused = consumer.acknowledge(due);
        due.forEach(
                (key, type) -> {
                    if (refused.containsKey(key)) {
                        refused(key, type, refused.get(key));
                    } else {
                        book.confirmed(key, type, sentAt);
                    }
                });
    }

    private void refused(RecordKey key, AcknowledgeType type, String reason) {
        LOG.warn("acknowledgement refused record={} type={} problem={}", key, type, reason);
        book.refused(key);
        if (type == AcknowledgeType.RENEW) {
            listener.lockLost();
        } else {
            listener.acknowledgementRefused();
        }
    }

    private void lost(Collection<RecordKey> keys) {
        keys.forEach(
                key -> {
                    LOG.warn("lock lost record={}", key);
                    listener.lockLost();
                });
    }

    /** Waits for the computing side, at most so long. */
    private void await(Duration atMost) {
        try {
            Ended next = ended.poll(atMost.toNanos(), TimeUnit.NANOSECONDS);
            while (next != null) {
                running--;
                book.settled(next.key(), next.settlement());
                next = ended.poll();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            abandoned = true;
        }
    }
}

package io.flexir.worker.intake;

import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.worker.tracing.Doing;
import io.flexir.worker.tracing.MessageSpans;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Turns records into orders and has them done on computing threads. Thread-safe. */
final class RecordWork {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWork.class);

    private final MessageCodec codec = new MessageCodec();
    private final OrderHandler handler;
    private final DeadLetters deadLetters;
    private final IntakeListener listener;
    private final MessageSpans spans;
    private final Executor computing;
    private final Set<Delivery> underWay = ConcurrentHashMap.newKeySet();

    RecordWork(
            OrderHandler handler,
            DeadLetters deadLetters,
            IntakeListener listener,
            MessageSpans spans,
            Executor computing) {
        this.handler = handler;
        this.deadLetters = deadLetters;
        this.listener = listener;
        this.spans = spans;
        this.computing = computing;
    }

    /**
     * Returns at once.
     *
     * @param turn has ended before the order has
     * @param ended called exactly once, on a computing thread
     */
    void start(ConsumerRecord<String, byte[]> record, Turn turn, Consumer<Settlement> ended) {
        Consumer<Settlement> end =
                settlement -> {
                    turn.end();
                    ended.accept(settlement);
                };
        switch (codec.decode(MessageType.WORK_ORDER, eventType(record), record.value())) {
            case Decoded.Message<WorkOrder>(WorkOrder order) -> {
                int count = record.deliveryCount().orElse((short) 1);
                listener.delivered(count);
                Delivery delivery = new Delivery(order, count, turn);
                run(record, () -> traced(record, delivery), end);
            }
            case Decoded.Refused<WorkOrder>(String reason) ->
                    run(record, () -> setAside(record, reason), end);
        }
    }

    private void run(
            ConsumerRecord<?, ?> record, Supplier<Settlement> task, Consumer<Settlement> ended) {
        try {
            computing.execute(() -> ended.accept(guarded(record, task)));
        } catch (RejectedExecutionException closing) {
            ended.accept(Settlement.HAND_BACK);
        }
    }

    /** The edge of the computing thread: whatever goes wrong, the slot must hear of it. */
    private static Settlement guarded(ConsumerRecord<?, ?> record, Supplier<Settlement> task) {
        try {
            return task.get();
        } catch (RuntimeException | Error problem) {
            LOG.error("order given up record={}", RecordKey.of(record), problem);
            return Settlement.HAND_BACK;
        }
    }

    private Settlement traced(ConsumerRecord<String, byte[]> record, Delivery delivery) {
        try (Doing _ =
                spans.process(
                        record.topic(),
                        record.partition(),
                        record.offset(),
                        record.key(),
                        record.headers(),
                        delivery.order().request().traceparent())) {
            return perform(delivery);
        }
    }

    private Settlement perform(Delivery delivery) {
        underWay.add(delivery);
        try {
            return handler.handle(delivery);
        } finally {
            underWay.remove(delivery);
        }
    }

    private Settlement setAside(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.warn("record is no order record={} reason={}", RecordKey.of(record), reason);
        try {
            deadLetters.setAside(record, eventType(record), reason).join();
            listener.setAside();
            return Settlement.SET_ASIDE;
        } catch (CompletionException notTaken) {
            LOG.warn(
                    "dead letter not sent record={} problem={}",
                    RecordKey.of(record),
                    notTaken.toString());
            return Settlement.HAND_BACK;
        }
    }

    /** Asks everything under way to come back. */
    void wantAllBack() {
        underWay.forEach(Delivery::wantBack);
    }

    private static @Nullable String eventType(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(CloudEvent.TYPE_HEADER);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}

package io.flexir.scheduler.api.deadletter;

import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.api.submit.JobIds;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/**
 * Whether a record that was set aside can be written to its topic once more. It can when this
 * scheduler reads it: because it knows a version that the one before did not, or because nothing
 * but the header was missing, which is the topic's own. Pure.
 */
sealed interface Replay {
    /**
     * It can.
     *
     * @param type of the message, the topic's own
     * @param key of the record
     * @param jobId of the job that it is about
     * @param request where it asks for a job
     */
    record Write(MessageType<?> type, JobId key, JobId jobId, @Nullable RestorationRequest request)
            implements Replay {}

    /** It would be set aside again. */
    record Refused(String reason) implements Replay {}

    static Replay of(DeadLetter letter, Routes routes, MessageCodec codec) {
        if (!letter.holdsAll()) {
            return new Refused(
                    "the letter holds the first " + letter.bytes().length + " bytes of it alone");
        }
        String topic = letter.topic();
        TenantId tenant = routes.tenants().get(topic);
        if (tenant != null) {
            return ofRoute(letter, tenant, codec);
        }
        if (topic.equals(Topics.REQUESTS)) {
            return read(letter, MessageType.REQUEST, codec, Replay::ofRequest);
        }
        if (topic.equals(Topics.REPORTS)) {
            return read(letter, MessageType.REPORT, codec, Replay::ofReport);
        }
        return Topics.isWork(topic)
                ? read(letter, MessageType.WORK_ORDER, codec, Replay::ofOrder)
                : new Refused("nobody reads the topic " + topic);
    }

    private static Replay ofRoute(DeadLetter letter, TenantId tenant, MessageCodec codec) {
        return read(
                letter,
                MessageType.REQUEST,
                codec,
                request ->
                        request.tenant().equals(tenant)
                                ? new Write(
                                        MessageType.REQUEST,
                                        request.jobId(),
                                        JobIds.of(tenant, request.jobId().value()),
                                        request)
                                : new Refused(
                                        "it is of tenant "
                                                + request.tenant()
                                                + ", and the topic is that of "
                                                + tenant));
    }

    private static Replay ofRequest(RestorationRequest request) {
        return new Write(MessageType.REQUEST, request.jobId(), request.jobId(), request);
    }

    private static Replay ofReport(WorkerReport report) {
        return new Write(MessageType.REPORT, report.jobId(), report.jobId(), null);
    }

    private static Replay ofOrder(WorkOrder order) {
        return new Write(MessageType.WORK_ORDER, order.jobId(), order.jobId(), null);
    }

    private static <T> Replay read(
            DeadLetter letter,
            MessageType<T> type,
            MessageCodec codec,
            java.util.function.Function<T, Replay> then) {
        String said = Optional.ofNullable(letter.type()).orElse(type.eventType());
        return switch (codec.decode(type, said, letter.bytes())) {
            case Decoded.Message<T>(T message) -> then.apply(message);
            case Decoded.Refused<T>(String reason) -> new Refused(reason);
        };
    }
}

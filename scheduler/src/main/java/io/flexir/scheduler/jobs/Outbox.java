package io.flexir.scheduler.jobs;

import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.control.ControlRecord.CancelJob;
import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.scheduler.tracing.Doing;
import io.flexir.scheduler.tracing.MessageSpans;

import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** Writes messages to the topology's sinks, within its transaction. One thread. */
final class Outbox {
    private final ProcessorContext<String, byte[]> context;
    private final MessageCodec codec;
    private final MessageSpans spans;

    Outbox(ProcessorContext<String, byte[]> context, MessageCodec codec, MessageSpans spans) {
        this.context = context;
        this.codec = codec;
        this.spans = spans;
    }

    void view(JobView view, Instant now) {
        String key = view.request().jobId().value();
        String id = key + "/" + UUID.randomUUID();
        forward(
                Sinks.JOBS,
                key,
                codec.encode(view),
                EventHeaders.of(MessageType.JOB, id, now),
                now);
    }

    void order(WorkOrder order, Instant now) {
        String key = order.jobId().value();
        String id = key + "/" + order.attempt();
        String topic = Topics.work(order.pool());
        send(topic, Sinks.work(order.pool()), MessageType.WORK_ORDER, key, id, order, now);
    }

    /** There is one for each job, so that its event id is the job's. */
    void outcome(Outcome outcome, Instant now) {
        String key = outcome.jobId().value();
        send(Topics.OUTCOMES, Sinks.OUTCOMES, MessageType.OUTCOME, key, key, outcome, now);
    }

    /** Puts a request where its key belongs: into the partition that its reports will come to. */
    void reroute(JobId key, RestorationRequest request, Instant now) {
        String id = key.value();
        send(Topics.REQUESTS, Sinks.REQUESTS, MessageType.REQUEST, id, id, request, now);
    }

    /** Tells every process. */
    void control(ControlRecord control, Instant now) {
        String id = control.key() + "@" + now;
        forward(
                Sinks.CONTROL,
                control.key(),
                codec.encode(control),
                EventHeaders.of(MessageType.CONTROL, id, now),
                now);
    }

    /** Deletes what is shown of a job. */
    void forgetView(JobId id, Instant now) {
        forward(Sinks.JOBS, id.value(), null, new RecordHeaders(), now);
    }

    /** Deletes the cancellation of a job that is over. */
    void forgetCancellation(JobId id, Instant now) {
        forward(Sinks.CONTROL, CancelJob.keyOf(id), null, new RecordHeaders(), now);
    }

    /** Deletes the feedback on a job that is forgotten. */
    void forgetFeedback(JobId id, Instant now) {
        forward(Sinks.CONTROL, RateJob.keyOf(id), null, new RecordHeaders(), now);
    }

    /** A hop of a job: a span of its trace. */
    private <T> void send(
            String topic,
            String sink,
            MessageType<T> type,
            String key,
            String id,
            T message,
            Instant now) {
        RecordHeaders headers = EventHeaders.of(type, id, now);
        try (Doing _ = spans.send(topic, key, headers)) {
            forward(sink, key, codec.encode(message), headers, now);
        }
    }

    private void forward(
            String sink, String key, byte @Nullable [] value, RecordHeaders headers, Instant now) {
        context.forward(new Record<>(key, value, now.toEpochMilli(), headers), sink);
    }

    /** Names of the topology's sinks. */
    static final class Sinks {
        static final String REQUESTS = "to-requests";
        static final String JOBS = "to-jobs";
        static final String OUTCOMES = "to-outcomes";
        static final String CONTROL = "to-control";
        static final String DEAD_LETTER = "to-deadletter";

        private Sinks() {}

        static String work(String pool) {
            return "to-work-" + pool;
        }

        /** All that the jobs processor writes to. */
        static List<String> ofJobs(List<String> pools) {
            return Stream.concat(
                            Stream.of(REQUESTS, JOBS, OUTCOMES, CONTROL),
                            pools.stream().map(Sinks::work))
                    .toList();
        }
    }
}

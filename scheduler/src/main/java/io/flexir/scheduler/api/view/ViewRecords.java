package io.flexir.scheduler.api.view;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.scheduler.jobs.EventHeaders;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;

/** Tells the read view what a record says. */
final class ViewRecords {
    static final List<String> TOPICS = List.of(Topics.JOBS, Topics.WORKERS);

    private static final Logger LOG = LoggerFactory.getLogger(ViewRecords.class);

    private final ReadView view;
    private final MessageCodec codec = new MessageCodec();

    ViewRecords(ReadView view) {
        this.view = view;
    }

    void apply(ConsumerRecord<String, byte[]> record) {
        try {
            if (record.topic().equals(Topics.JOBS)) {
                applyJob(record);
            } else {
                applyWorker(record);
            }
        } catch (InvalidFieldException badKey) {
            refuse(record, badKey.getMessage());
        }
    }

    private void applyJob(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            view.forgetJob(new JobId(record.key()));
            return;
        }
        switch (codec.decode(
                MessageType.JOB, EventHeaders.typeOf(record.headers()), record.value())) {
            case Decoded.Message<JobView>(JobView job) -> view.apply(job);
            case Decoded.Refused<JobView>(String reason) -> refuse(record, reason);
        }
    }

    private void applyWorker(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            view.forgetWorker(record.key());
            return;
        }
        switch (codec.decode(
                MessageType.HEARTBEAT, EventHeaders.typeOf(record.headers()), record.value())) {
            case Decoded.Message<WorkerHeartbeat>(WorkerHeartbeat heartbeat) ->
                    view.apply(heartbeat);
            case Decoded.Refused<WorkerHeartbeat>(String reason) -> refuse(record, reason);
        }
    }

    private static void refuse(ConsumerRecord<String, byte[]> record, @Nullable String reason) {
        LOG.warn(
                "event=view_record_refused topic={} partition={} offset={} reason=\"{}\"",
                record.topic(),
                record.partition(),
                record.offset(),
                reason);
    }
}

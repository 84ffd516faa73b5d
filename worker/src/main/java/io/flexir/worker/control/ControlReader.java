package io.flexir.worker.control;

import io.flexir.contracts.check.InvalidFieldException;
import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * What one record of the control topic means to a worker: cancellations, and bundles that are to be
 * active; all else is for schedulers.
 */
final class ControlReader {
    private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
    private static final String CANCEL = "cancel/";
    private static final String PURGE = "purge/";

    private final MessageCodec codec = new MessageCodec();
    private final Cancellations cancellations;
    private final Consumer<ControlRecord.ActivateBundle> bundles;

    ControlReader(Cancellations cancellations, Consumer<ControlRecord.ActivateBundle> bundles) {
        this.cancellations = cancellations;
        this.bundles = bundles;
    }

    void read(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            dropped(record.key());
            return;
        }
        switch (codec.decode(MessageType.CONTROL, eventType(record), record.value())) {
            case Decoded.Message<ControlRecord>(ControlRecord message) -> apply(message);
            case Decoded.Refused<ControlRecord>(String reason) ->
                    LOG.warn("control record refused offset={} reason={}", record.offset(), reason);
        }
    }

    private void apply(ControlRecord message) {
        switch (message) {
            case ControlRecord.CancelJob cancel -> cancellations.add(cancel);
            case ControlRecord.PurgeJob purge -> cancellations.add(purge);
            case ControlRecord.ActivateBundle activation -> bundles.accept(activation);
            case ControlRecord.ChangePolicy _,
                    ControlRecord.RunExperiment _,
                    ControlRecord.RateJob _,
                    ControlRecord.PurgeTenant _ -> {}
        }
    }

    private void dropped(@Nullable String key) {
        if (key == null) {
            return;
        }
        try {
            if (key.startsWith(CANCEL)) {
                cancellations.forget(new JobId(key.substring(CANCEL.length())));
            } else if (key.startsWith(PURGE)) {
                cancellations.forgetPurge(new JobId(key.substring(PURGE.length())));
            }
        } catch (InvalidFieldException noJob) {
            LOG.warn("control key refused reason={}", noJob.getMessage());
        }
    }

    private static @Nullable String eventType(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(CloudEvent.TYPE_HEADER);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8);
    }
}

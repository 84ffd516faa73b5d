package io.flexir.scheduler.jobs;

import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.scheduler.load.Fleet;

import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the fleet in step with the workers topic. Runs on the global thread, at the start as later.
 */
final class WorkersReader implements Processor<@Nullable String, byte @Nullable [], Void, Void> {
    private static final Logger LOG = LoggerFactory.getLogger(WorkersReader.class);

    private final Fleet fleet;
    private final MessageCodec codec;

    WorkersReader(Fleet fleet, MessageCodec codec) {
        this.fleet = fleet;
        this.codec = codec;
    }

    @Override
    public void process(Record<@Nullable String, byte @Nullable []> record) {
        if (record.key() == null) {
            return;
        }
        if (record.value() == null) {
            fleet.gone(record.key());
            return;
        }
        String type = EventHeaders.typeOf(record.headers());
        switch (codec.decode(MessageType.HEARTBEAT, type, record.value())) {
            case Decoded.Message<WorkerHeartbeat> heartbeat -> fleet.heard(heartbeat.value());
            case Decoded.Refused<WorkerHeartbeat> refused ->
                    LOG.warn(
                            "event=heartbeat_refused key={} reason=\"{}\"",
                            record.key(),
                            refused.reason());
        }
    }
}

package io.flexir.ops.bench.flow;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;

import org.apache.kafka.clients.producer.KafkaProducer;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Heartbeats of workers that do not exist and have as many slots as there will be orders, so that
 * credit never holds the scheduler up. They are busy with all of them: nobody wonders at their
 * silence.
 */
final class PretendPool implements AutoCloseable {
    /** As many as a heartbeat may name. */
    private static final int SLOTS = 4096;

    private static final long EVERY_SECONDS = 2;

    private final KafkaProducer<String, byte[]> producer;
    private final ScheduledExecutorService beats =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("pretend-pool").factory());
    private final Instant startedAt = Instant.now();
    private final int workers;

    /**
     * @param orders that it can hold at once
     */
    PretendPool(Clients clients, int orders) {
        workers = Math.ceilDiv(orders, SLOTS);
        producer = clients.producer(Map.of());
        var _ = beats.scheduleAtFixedRate(this::beat, 0, EVERY_SECONDS, TimeUnit.SECONDS);
    }

    private void beat() {
        Instant now = Instant.now();
        for (int worker = 0; worker < workers; worker++) {
            WorkerHeartbeat heartbeat = heartbeat("pretended-" + worker, now);
            var _ =
                    producer.send(
                            Clients.record(
                                    Topics.WORKERS,
                                    MessageType.HEARTBEAT,
                                    heartbeat.workerId(),
                                    heartbeat,
                                    now));
        }
    }

    private WorkerHeartbeat heartbeat(String id, Instant now) {
        return new WorkerHeartbeat(
                id,
                "cpu",
                new Device("cpu", "pretended", 1),
                WorkerHeartbeat.State.READY,
                SLOTS,
                0,
                List.of(),
                List.of(),
                startedAt,
                now);
    }

    @Override
    public void close() {
        beats.shutdownNow();
        producer.close();
    }
}

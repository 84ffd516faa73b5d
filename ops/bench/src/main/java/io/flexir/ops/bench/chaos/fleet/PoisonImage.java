package io.flexir.ops.bench.chaos.fleet;

import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.ops.bench.chaos.plan.Place;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.FleetException;
import io.flexir.ops.local.client.Submission;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.RgbImage;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A job that every worker dies of: whoever says in a heartbeat that it is restoring the image is
 * killed, and started again. The image takes seconds, so that it is heard of in time.
 */
final class PoisonImage {
    private static final String MODEL = "denoise-color-25-s";
    private static final int WIDTH = 1_200;
    private static final int HEIGHT = 900;
    private static final int DEEP = 6;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final MessageCodec CODEC = new MessageCodec();

    private final ChaosFleet fleet;
    private final Set<String> poisoned = ConcurrentHashMap.newKeySet();

    PoisonImage(ChaosFleet fleet) {
        this.fleet = fleet;
    }

    /** Every job that was one. */
    Set<String> poisoned() {
        return Set.copyOf(poisoned);
    }

    /**
     * Submits one, and lets workers die of it until it has ended, or the time is over.
     *
     * @param seed of the image and, beside how many there were before, the idempotency key
     * @return how many workers died
     */
    int strike(int seed, Duration time) {
        Instant end = Instant.now().plus(time);
        Submission submission = urgent(Submission.Input.inline(png(seed)));
        String key = "poison-" + seed + "-" + poisoned.size();
        Optional<String> job = Optional.empty();
        while (job.isEmpty() && Instant.now().isBefore(end)) {
            job = submit(submission, key);
            if (job.isEmpty()) {
                pause();
            }
        }
        job.ifPresent(poisoned::add);
        return job.map(id -> killHolders(id, end)).orElse(0);
    }

    /** Does not stand in line behind all that waits. */
    private static Submission urgent(Submission.Input image) {
        return new Submission(
                image,
                MODEL,
                new Depth.Fixed(DEEP),
                null,
                PriorityClass.INTERACTIVE,
                null,
                null,
                null,
                null);
    }

    private static void pause() {
        try {
            Thread.sleep(POLL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }

    private Optional<String> submit(Submission submission, String key) {
        for (FleetClient client : fleet.clients()) {
            try {
                return Optional.of(client.submit(submission, key).id());
            } catch (FleetException notTaken) {
                // The other one may.
            }
        }
        return Optional.empty();
    }

    private int killHolders(String job, Instant end) {
        int deaths = 0;
        Map<String, Instant> bornAt = new HashMap<>();
        TopicPartition heartbeats = new TopicPartition(Topics.WORKERS, 0);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of("bootstrap.servers", fleet.connections().bootstrapServers()),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            consumer.assign(List.of(heartbeats));
            consumer.seekToEnd(List.of(heartbeats));
            while (Instant.now().isBefore(end) && !ended(job)) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    Optional<WorkerHeartbeat> holder =
                            heartbeat(record)
                                    .filter(beat -> restores(beat, job))
                                    .filter(beat -> beat.at().isAfter(born(bornAt, beat)));
                    if (holder.isPresent()) {
                        die(holder.get().workerId());
                        bornAt.put(holder.get().workerId(), Instant.now());
                        deaths++;
                    }
                }
            }
        }
        return deaths;
    }

    private static Instant born(Map<String, Instant> bornAt, WorkerHeartbeat beat) {
        return bornAt.getOrDefault(beat.workerId(), Instant.EPOCH);
    }

    private void die(String worker) {
        fleet.nodes(Place.WORKERS).stream()
                .filter(node -> node.name().equals(worker))
                .forEach(
                        node -> {
                            node.kill();
                            node.startAgain();
                        });
    }

    private static boolean restores(WorkerHeartbeat beat, String job) {
        // Not before: an order that only waits for its turn is none that kills.
        return beat.inFlight().stream()
                .filter(held -> held.phase() == InFlightJob.Phase.RESTORING)
                .anyMatch(held -> held.jobId().value().equals(job));
    }

    private boolean ended(String job) {
        try {
            return fleet.clients().getFirst().get(job).state().isFinal();
        } catch (FleetException unknown) {
            return false;
        }
    }

    private static Optional<WorkerHeartbeat> heartbeat(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        String type =
                new String(
                        record.headers().lastHeader(CloudEvent.TYPE_HEADER).value(),
                        StandardCharsets.UTF_8);
        return switch (CODEC.decode(MessageType.HEARTBEAT, type, record.value())) {
            case Decoded.Message<WorkerHeartbeat>(WorkerHeartbeat beat) -> Optional.of(beat);
            case Decoded.Refused<WorkerHeartbeat> _ -> Optional.empty();
        };
    }

    private static byte[] png(int seed) {
        byte[] samples = new byte[WIDTH * HEIGHT * RgbImage.CHANNELS];
        new Random(seed).nextBytes(samples);
        return ImageFiles.encodePng(new RgbImage(WIDTH, HEIGHT, samples));
    }
}

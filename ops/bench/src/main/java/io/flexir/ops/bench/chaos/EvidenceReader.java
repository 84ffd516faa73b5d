package io.flexir.ops.bench.chaos;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Receipt;
import io.flexir.ops.bench.chaos.check.Evidence;
import io.flexir.ops.bench.chaos.check.Evidence.Ended;
import io.flexir.ops.bench.chaos.check.Evidence.Request;
import io.flexir.ops.bench.chaos.check.Evidence.Stated;
import io.flexir.ops.bench.chaos.check.Evidence.Stored;
import io.flexir.ops.local.audit.CommittedRecords;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.stack.Connections;
import io.flexir.worker.config.Secret;
import io.flexir.worker.config.StoreSettings;
import io.flexir.worker.storage.FetchOutcome;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.S3ObjectStore;

import org.apache.kafka.clients.consumer.ConsumerRecord;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads topics and bucket, past everything that the fleet itself says. */
final class EvidenceReader {
    private static final String LEDGER = "flexir-scheduler-ledger-changelog";
    static final String REGION = "us-east-1";
    private static final MessageCodec CODEC = new MessageCodec();

    private final Connections connections;
    private final CommittedRecords records;

    /**
     * @param connections of broker and store themselves
     */
    EvidenceReader(Connections connections) {
        this.connections = connections;
        this.records = new CommittedRecords(connections.bootstrapServers(), Map.of());
    }

    /**
     * @param acknowledged what clients were told
     * @param taken offsets of requests that are committed as read, by partition
     * @param planted jobs whose workers were made to die of them
     * @param workerEnds when workers were struck so that they ended
     */
    Evidence read(
            Set<String> acknowledged,
            Map<Integer, Long> taken,
            Set<String> planted,
            List<Instant> workerEnds) {
        List<Request> requests = new ArrayList<>();
        records.read(
                Topics.REQUESTS,
                Instant.EPOCH,
                record ->
                        requests.add(
                                new Request(record.partition(), record.offset(), record.key())));
        Set<String> ledger = new HashSet<>();
        records.read(LEDGER, Instant.EPOCH, record -> ledger.add(record.key()));
        List<Ended> outcomes = new ArrayList<>();
        records.read(Topics.OUTCOMES, Instant.EPOCH, record -> outcomes.add(ended(record)));
        return new Evidence(
                acknowledged,
                requests,
                taken,
                ledger,
                outcomes,
                objects(outcomes),
                planted,
                new BegunMarks(connections).read(),
                workerEnds);
    }

    private static Ended ended(ConsumerRecord<String, byte[]> record) {
        String type =
                new String(
                        record.headers().lastHeader(CloudEvent.TYPE_HEADER).value(),
                        StandardCharsets.UTF_8);
        return switch (CODEC.decode(MessageType.OUTCOME, type, record.value())) {
            case Decoded.Message<Outcome>(Outcome outcome) -> ended(record.key(), outcome);
            case Decoded.Refused<Outcome>(String reason) ->
                    throw new IllegalStateException("an outcome cannot be read: " + reason);
        };
    }

    private static Ended ended(String job, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Restored restored ->
                    new Ended(
                            job,
                            "restored",
                            Optional.empty(),
                            Optional.of(stated(restored.receipt())));
            case Outcome.Rejected rejected ->
                    new Ended(
                            job,
                            "rejected",
                            Optional.of(word(rejected.rejection().reason())),
                            Optional.empty());
            case Outcome.Failed failed ->
                    new Ended(
                            job,
                            "failed",
                            Optional.of(word(failed.failure().reason())),
                            Optional.empty());
            case Outcome.Cancelled ignored ->
                    new Ended(job, "cancelled", Optional.empty(), Optional.empty());
        };
    }

    private static String word(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Stated stated(Receipt receipt) {
        return new Stated(receipt.result().key(), receipt.resultSha256());
    }

    private Map<String, Stored> objects(List<Ended> outcomes) {
        Map<String, Stored> objects = new HashMap<>();
        try (ObjectStore store = new S3ObjectStore(settings())) {
            outcomes.stream()
                    .flatMap(ended -> ended.result().stream())
                    .forEach(
                            stated ->
                                    objects.computeIfAbsent(
                                            stated.key(), key -> stored(store, key)));
        }
        return objects;
    }

    private StoreSettings settings() {
        return new StoreSettings(
                connections.store(),
                REGION,
                connections.credentials().accessKey(),
                Secret.of(connections.credentials().secretKey()),
                connections.bucket(),
                StoreSettings.DEFAULT_MAX_INPUT_BYTES);
    }

    private Stored stored(ObjectStore store, String key) {
        FetchOutcome found =
                store.fetch(
                        ObjectReference.latest(connections.bucket(), key),
                        StoreSettings.DEFAULT_MAX_INPUT_BYTES);
        return switch (found) {
            case FetchOutcome.Fetched fetched -> opened(fetched.bytes());
            case FetchOutcome.Missing _ -> new Stored.Missing();
            case FetchOutcome.Changed _,
                    FetchOutcome.Denied _,
                    FetchOutcome.TooLarge _,
                    FetchOutcome.Unavailable _ ->
                    new Stored.Unreadable(found.toString());
        };
    }

    private static Stored opened(byte[] file) {
        try {
            ImageFiles.decode(file);
            return new Stored.Image(sha256(file));
        } catch (IOException noImage) {
            return new Stored.Unreadable(String.valueOf(noImage.getMessage()));
        }
    }

    private static String sha256(byte[] file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java has SHA-256", impossible);
        }
    }
}

package io.flexir.ops.local.scheduler;

import static org.awaitility.Awaitility.await;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceDataCollection;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.ProduceRequest;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest.CommittedOffset;
import org.apache.kafka.common.serialization.ByteArraySerializer;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Leaves transactions open in partitions of a real broker of which their coordinator has not been
 * told, as a broker does that dies in the wrong moment: requests of the protocol's time before
 * transactions were verified (KIP-890), sent over a socket while the broker does not verify.
 */
final class LeftTransactions {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final short UNVERIFIED_PRODUCE = 11;
    private static final short UNVERIFIED_COMMIT = 3;
    private static final String VERIFICATION = "transaction.partition.verification.enable";

    private final Admin admin;
    private final String bootstrapServers;

    /**
     * @param admin stays the caller's to close
     */
    LeftTransactions(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
        stopVerifying();
    }

    /** Offsets of a group that wait for their transaction to end. */
    void inOffsets(String transactionalId, String group, TopicPartition read) {
        TransactionDescription producer = producer(transactionalId);
        await().atMost(PATIENCE).until(() -> coordinates(group));
        send(
                new TxnOffsetCommitRequest.Builder(
                                transactionalId,
                                group,
                                producer.producerId(),
                                (short) producer.producerEpoch(),
                                Map.of(read, new CommittedOffset(0, "", Optional.empty())),
                                false)
                        .build(UNVERIFIED_COMMIT));
    }

    /** A record that waits for its transaction to end, and everything behind it. */
    void inTopic(String transactionalId, TopicPartition partition) {
        TransactionDescription producer = producer(transactionalId);
        PartitionProduceData data =
                new PartitionProduceData()
                        .setIndex(partition.partition())
                        .setRecords(
                                MemoryRecords.withTransactionalRecords(
                                        Compression.NONE,
                                        producer.producerId(),
                                        (short) producer.producerEpoch(),
                                        0,
                                        new SimpleRecord(
                                                "left open".getBytes(StandardCharsets.UTF_8))));
        TopicProduceData topic =
                new TopicProduceData().setName(partition.topic()).setPartitionData(List.of(data));
        send(
                ProduceRequest.builder(
                                new ProduceRequestData()
                                        .setTransactionalId(transactionalId)
                                        .setAcks((short) -1)
                                        .setTimeoutMs(10_000)
                                        .setTopicData(
                                                new TopicProduceDataCollection(
                                                        List.of(topic).iterator())),
                                true)
                        .build(UNVERIFIED_PRODUCE));
    }

    /** Known to its coordinator, which says that it has no transaction. */
    private TransactionDescription producer(String transactionalId) {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "transactional.id",
                                transactionalId),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            producer.initTransactions();
            return admin.describeTransactions(Set.of(transactionalId))
                    .description(transactionalId)
                    .get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private boolean coordinates(String group) {
        try {
            admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            return true;
        } catch (ExecutionException notYet) {
            return false;
        } catch (InterruptedException stopping) {
            throw new AssertionError(stopping);
        }
    }

    /** Until the broker has heard that it is not to verify: it refuses before. */
    private void send(AbstractRequest request) {
        await().atMost(PATIENCE)
                .until(
                        () -> answer(request).errorCounts().keySet(),
                        errors -> errors.equals(Set.of(Errors.NONE)));
    }

    private void stopVerifying() {
        ConfigResource allBrokers = new ConfigResource(ConfigResource.Type.BROKER, "");
        AlterConfigOp off =
                new AlterConfigOp(new ConfigEntry(VERIFICATION, "false"), AlterConfigOp.OpType.SET);
        try {
            admin.incrementalAlterConfigs(Map.of(allBrokers, List.of(off))).all().get();
        } catch (ExecutionException | InterruptedException failed) {
            throw new AssertionError(failed);
        }
    }

    private AbstractResponse answer(AbstractRequest request) {
        RequestHeader header = new RequestHeader(request.apiKey(), request.version(), "test", 1);
        String[] address = bootstrapServers.split(":");
        try (Socket socket = new Socket(address[0], Integer.parseInt(address[1]));
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                DataInputStream in = new DataInputStream(socket.getInputStream())) {
            ByteBuffer bytes = request.serializeWithHeader(header);
            out.writeInt(bytes.remaining());
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            out.flush();
            byte[] answer = new byte[in.readInt()];
            in.readFully(answer);
            return AbstractResponse.parseResponse(ByteBuffer.wrap(answer), header);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}

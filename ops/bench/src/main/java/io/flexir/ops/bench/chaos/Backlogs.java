package io.flexir.ops.bench.chaos;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.audit.CommittedRecords;
import io.flexir.ops.local.audit.TopicCensus;
import io.flexir.ops.local.stack.FleetConfigs;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What schedulers have not read yet, by the broker's word. */
final class Backlogs {
    private static final String SCHEDULERS = "flexir-scheduler";

    private static final List<String> TOPICS = List.of(Topics.REQUESTS, Topics.REPORTS);

    private final Admin admin;
    private final String bootstrapServers;

    /**
     * @param admin stays the caller's to close
     */
    Backlogs(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Where each partition of requests and reports is not read to its last record, with what is
     * committed as read there.
     */
    Map<TopicPartition, Long> unread() {
        Map<TopicPartition, Long> read = committed();
        Map<TopicPartition, Long> unread = new HashMap<>();
        for (String topic : TOPICS) {
            ends(topic)
                    .forEach(
                            (partition, end) -> {
                                long until = read.getOrDefault(partition, 0L);
                                if (until < end) {
                                    unread.put(partition, until);
                                }
                            });
        }
        return unread;
    }

    /** How many records there are of requests, orders, reports and outcomes. */
    long written() {
        return Stream.of(
                        Topics.REQUESTS,
                        Topics.work(FleetConfigs.POOL),
                        Topics.REPORTS,
                        Topics.OUTCOMES)
                .mapToLong(topic -> TopicCensus.records(bootstrapServers, topic))
                .sum();
    }

    /** Offsets up to which requests are committed as read, by partition. */
    Map<Integer, Long> requestsTaken() {
        return committed().entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(Topics.REQUESTS))
                .collect(
                        Collectors.toMap(entry -> entry.getKey().partition(), Map.Entry::getValue));
    }

    /** Behind the last record that anybody may read: transaction markers need no reader. */
    private Map<TopicPartition, Long> ends(String topic) {
        Map<TopicPartition, Long> ends = new HashMap<>();
        new CommittedRecords(bootstrapServers, Map.of())
                .read(
                        topic,
                        Instant.EPOCH,
                        record ->
                                ends.put(
                                        new TopicPartition(topic, record.partition()),
                                        record.offset() + 1));
        return ends;
    }

    private Map<TopicPartition, Long> committed() {
        try {
            Map<TopicPartition, OffsetAndMetadata> found =
                    admin.listConsumerGroupOffsets(
                                    Map.of(SCHEDULERS, new ListConsumerGroupOffsetsSpec()))
                            .partitionsToOffsetAndMetadata(SCHEDULERS)
                            .get();
            return found.entrySet().stream()
                    .filter(entry -> entry.getValue() != null)
                    .collect(
                            Collectors.toMap(
                                    Map.Entry::getKey, entry -> entry.getValue().offset()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the broker does not tell the group's offsets", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}

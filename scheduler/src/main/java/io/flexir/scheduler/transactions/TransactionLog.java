package io.flexir.scheduler.transactions;

import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.internals.Topic;
import org.apache.kafka.common.utils.Utils;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What brokers know of the transactions of one fleet's schedulers. Blocks; no answer is a {@link
 * KafkaException}.
 */
final class TransactionLog implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Admin admin;
    private final String applicationId;
    private final Set<String> topics;

    /**
     * @param kafka how to reach the broker
     * @param applicationId Kafka Streams' name for the schedulers
     * @param topics that they write to, beside what Streams names after them
     */
    TransactionLog(Map<String, Object> kafka, String applicationId, Set<String> topics) {
        this.admin = Admin.create(kafka);
        this.applicationId = applicationId;
        this.topics = Set.copyOf(topics);
    }

    /** Every open one, whoever's it is, where the schedulers' may be. */
    Set<OpenTransaction> open() {
        return open(partitions());
    }

    /** Every open one in these partitions. */
    Set<OpenTransaction> open(Collection<TopicPartition> partitions) {
        Set<OpenTransaction> open = new HashSet<>();
        answer(admin.describeProducers(partitions).all())
                .forEach(
                        (partition, state) ->
                                state.activeProducers().stream()
                                        .flatMap(producer -> transaction(partition, producer))
                                        .forEach(open::add));
        return open;
    }

    private static Stream<OpenTransaction> transaction(
            TopicPartition partition, ProducerState producer) {
        return producer.currentTransactionStartOffset().stream()
                .mapToObj(
                        start ->
                                new OpenTransaction(
                                        partition,
                                        producer.producerId(),
                                        producer.producerEpoch(),
                                        producer.coordinatorEpoch().orElse(0),
                                        start));
    }

    /** What coordinators say of these producers, by their id; nothing of those they do not know. */
    Map<Long, Coordinated> coordinated(Set<Long> producerIds) {
        ListTransactionsOptions wanted =
                new ListTransactionsOptions().filterProducerIds(producerIds);
        Set<String> ids =
                answer(admin.listTransactions(wanted).all()).stream()
                        .map(TransactionListing::transactionalId)
                        .collect(Collectors.toSet());
        Map<Long, Coordinated> found = new HashMap<>();
        answer(admin.describeTransactions(ids).all())
                .forEach((id, described) -> found.put(described.producerId(), of(id, described)));
        return found;
    }

    private static Coordinated of(String transactionalId, TransactionDescription described) {
        return new Coordinated(transactionalId, described.state(), described.topicPartitions());
    }

    /** Ends it as if its producer had never committed. */
    void abort(OpenTransaction hanging) {
        answer(
                admin.abortTransaction(
                                new AbortTransactionSpec(
                                        hanging.partition(),
                                        hanging.producerId(),
                                        (short) hanging.producerEpoch(),
                                        hanging.coordinatorEpoch()))
                        .all());
    }

    /** Those of the topics, and the one that keeps the group's offsets. */
    private Set<TopicPartition> partitions() {
        Set<String> there =
                answer(admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
        Set<String> wanted =
                there.stream()
                        .filter(
                                topic ->
                                        topics.contains(topic)
                                                || topic.startsWith(applicationId + "-")
                                                || topic.equals(Topic.GROUP_METADATA_TOPIC_NAME))
                        .collect(Collectors.toSet());
        return answer(admin.describeTopics(wanted).allTopicNames()).values().stream()
                .flatMap(this::partitions)
                .collect(Collectors.toSet());
    }

    private Stream<TopicPartition> partitions(TopicDescription topic) {
        int number = topic.partitions().size();
        return topic.name().equals(Topic.GROUP_METADATA_TOPIC_NAME)
                // As the broker chooses it.
                ? Stream.of(
                        new TopicPartition(
                                topic.name(), Utils.abs(applicationId.hashCode()) % number))
                : IntStream.range(0, number)
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition));
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }

    private static <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException unanswered) {
            throw new KafkaException("The broker does not tell of transactions", unanswered);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new KafkaException("Interrupted", stopping);
        }
    }
}

package io.flexir.scheduler.transactions;

import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;

import java.util.Set;

/**
 * What its transaction coordinator says of a producer.
 *
 * @param partitions that its current transaction wrote to and is not ended in yet
 */
record Coordinated(String transactionalId, TransactionState state, Set<TopicPartition> partitions) {
    Coordinated {
        partitions = Set.copyOf(partitions);
    }
}

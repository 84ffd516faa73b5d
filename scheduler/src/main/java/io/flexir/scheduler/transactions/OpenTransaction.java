package io.flexir.scheduler.transactions;

import org.apache.kafka.common.TopicPartition;

/**
 * A transaction that is open in one partition, by the word of the partition's leader.
 *
 * @param coordinatorEpoch of the transaction coordinator that last wrote for this producer, 0 if
 *     none has
 * @param startOffset of its first record
 */
record OpenTransaction(
        TopicPartition partition,
        long producerId,
        int producerEpoch,
        int coordinatorEpoch,
        long startOffset) {}

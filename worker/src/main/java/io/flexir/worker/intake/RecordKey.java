package io.flexir.worker.intake;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a record lies. A record that is handed out again after a renewal has the same key. */
record RecordKey(String topic, int partition, long offset) {
    static RecordKey of(ConsumerRecord<?, ?> record) {
        return new RecordKey(record.topic(), record.partition(), record.offset());
    }
}

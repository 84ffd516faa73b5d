package io.flexir.ops.local.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import io.flexir.contracts.wire.Topics;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class TracesOffTest {
    private static final List<String> HOPS =
            List.of(Topics.REQUESTS, Topics.work("cpu"), Topics.REPORTS, Topics.OUTCOMES);

    @Test
    @Timeout(300)
    void off_exports_nothing_and_carries_nothing(@TempDir Path directory) throws Exception {
        Path models = Files.createDirectory(directory.resolve("models"));
        JsonNode job;
        List<ConsumerRecord<String, byte[]>> records;
        try (TraceReceiver receiver = new TraceReceiver()) {
            try (TracedFleet fleet = new TracedFleet(false, receiver, models)) {
                String id =
                        fleet.submit(
                                        TracesTest.image(),
                                        TracedFleet.MODEL,
                                        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                                .path("id")
                                .asText();
                job = fleet.ended(id);
                records = records(fleet.bootstrapServers());
            }
            // What is closed has flushed.
            assertThat(receiver.spans()).isEmpty();
        }

        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(job.has("traceId")).isFalse();
        assertThat(job.path("receipt").has("traceId")).isFalse();
        assertThat(records)
                .extracting(ConsumerRecord::topic)
                .containsExactlyInAnyOrderElementsOf(HOPS);
        assertThat(records)
                .allSatisfy(
                        record -> {
                            assertThat(record.headers().lastHeader("traceparent")).isNull();
                            assertThat(new String(record.value(), StandardCharsets.UTF_8))
                                    .doesNotContain("trace");
                        });
    }

    private static List<ConsumerRecord<String, byte[]>> records(String bootstrapServers) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(
                        Map.of(
                                "bootstrap.servers",
                                bootstrapServers,
                                "isolation.level",
                                "read_committed"),
                        new StringDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions =
                    HOPS.stream()
                            .flatMap(topic -> consumer.partitionsFor(topic).stream())
                            .map(info -> new TopicPartition(info.topic(), info.partition()))
                            .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (!records.stream().map(ConsumerRecord::topic).toList().containsAll(HOPS)) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }
}

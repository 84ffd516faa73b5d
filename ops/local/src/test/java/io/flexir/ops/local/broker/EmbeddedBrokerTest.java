package io.flexir.ops.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.DataDirectory;

import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class EmbeddedBrokerTest {

    private static final String LOG = "log";
    private static final String WORK = "work";
    private static final String GROUP = "flexir-test";

    private EmbeddedBroker broker;

    @BeforeAll
    void startOnce() {
        broker = EmbeddedBroker.start(BrokerSettings.in(DataDirectory.temporary()));
        try (var admin = broker.admin()) {
            ClusterSetup setup = new ClusterSetup(admin);
            setup.createTopics(
                    List.of(new TopicSpec(LOG, 2, Map.of()), new TopicSpec(WORK, 1, Map.of())));
            setup.configure(List.of(ShareGroupSpec.of(GROUP).withLock(Duration.ofSeconds(2))));
        }
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    void starts_within_30_seconds() {
        long startedNanos = System.nanoTime();

        try (var another = EmbeddedBroker.start(BrokerSettings.in(DataDirectory.temporary()))) {
            assertThat(another.bootstrapServers()).startsWith("127.0.0.1:");
        }

        assertThat(Duration.ofNanos(System.nanoTime() - startedNanos))
                .isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void keeps_records_over_a_restart_of_the_same_object() {
        send(LOG, "before");

        broker.stop();
        broker.start();

        assertThat(readAll(LOG)).contains("before");
    }

    @Test
    void keeps_records_and_cluster_id_in_a_reused_directory(@TempDir Path directory)
            throws Exception {
        String clusterId;
        try (var first = EmbeddedBroker.start(BrokerSettings.in(DataDirectory.kept(directory)));
                var admin = first.admin()) {
            new ClusterSetup(admin).createTopics(List.of(new TopicSpec("kept", 1, Map.of())));
            clusterId = admin.describeCluster().clusterId().get();
        }

        try (var second = EmbeddedBroker.start(BrokerSettings.in(DataDirectory.kept(directory)));
                var admin = second.admin()) {
            assertThat(admin.describeCluster().clusterId().get()).isEqualTo(clusterId);
            assertThat(admin.listTopics().names().get()).contains("kept");
        }
    }

    @Test
    void setting_up_a_cluster_twice_changes_nothing() {
        try (var admin = broker.admin()) {
            ClusterSetup setup = new ClusterSetup(admin);

            setup.createTopics(List.of(new TopicSpec(LOG, 2, Map.of())));
            setup.configure(List.of(ShareGroupSpec.of(GROUP).withLock(Duration.ofSeconds(2))));

            assertThat(readAll(LOG)).isNotNull();
        }
    }

    @Test
    void has_every_topic_and_share_group_of_the_contract() throws Exception {
        List<String> pools = List.of("cpu");
        ConfigResource group =
                new ConfigResource(ConfigResource.Type.GROUP, Topics.shareGroup("cpu"));
        try (var admin = broker.admin()) {
            ClusterSetup setup = new ClusterSetup(admin);

            setup.createTopics(FleetTopics.topics(pools));
            setup.configure(FleetTopics.shareGroups(pools));

            var described =
                    admin.describeTopics(
                                    List.of(Topics.REQUESTS, Topics.REPORTS, Topics.work("cpu")))
                            .allTopicNames()
                            .get();
            assertThat(described.get(Topics.REQUESTS).partitions())
                    .hasSameSizeAs(described.get(Topics.REPORTS).partitions());
            assertThat(described.get(Topics.work("cpu")).partitions()).hasSize(1);
            await().untilAsserted(
                            () -> {
                                var config =
                                        admin.describeConfigs(List.of(group))
                                                .all()
                                                .get()
                                                .get(group);
                                assertThat(config.get("share.isolation.level").value())
                                        .isEqualTo("read_committed");
                                assertThat(config.get("share.delivery.count.limit").value())
                                        .isEqualTo("10");
                            });
        }
    }

    @Test
    void hands_an_unacknowledged_record_to_another_member_when_its_lock_expires() {
        send(WORK, "taken over");

        try (var dies = shareConsumer();
                var takesOver = shareConsumer()) {
            List<ConsumerRecord<String, String>> held = new ArrayList<>();
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> {
                                dies.poll(Duration.ofMillis(20)).forEach(held::add);
                                return held.stream()
                                        .anyMatch(each -> each.value().equals("taken over"));
                            });
            Set<String> accepted = new HashSet<>();
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> {
                                for (var each : takesOver.poll(Duration.ofMillis(20))) {
                                    accepted.add(each.value());
                                    takesOver.acknowledge(each, AcknowledgeType.ACCEPT);
                                }
                                takesOver.commitSync();
                                return accepted.contains("taken over");
                            });
        }
    }

    @Test
    void says_which_port_is_taken_and_what_to_do(@TempDir Path directory) throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            var settings =
                    BrokerSettings.in(DataDirectory.kept(directory)).withPort(other.getLocalPort());

            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(
                            "port " + other.getLocalPort() + " for the broker is taken")
                    .hasMessageContaining("choose another port");
        }
    }

    @Test
    void says_that_a_directory_is_in_use(@TempDir Path directory) {
        var settings = BrokerSettings.in(DataDirectory.kept(directory));

        try (var first = EmbeddedBroker.start(settings)) {
            assertThat(first.bootstrapServers()).isNotEmpty();
            assertThatThrownBy(() -> EmbeddedBroker.start(settings))
                    .isInstanceOf(CannotStart.class)
                    .hasMessageContaining(directory.toString())
                    .hasMessageContaining("in use by another broker");
        }
    }

    @Test
    void says_that_a_directory_cannot_be_written(@TempDir Path directory) throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "not a directory");

        assertThatThrownBy(() -> DataDirectory.kept(file.resolve("data")))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("cannot write to " + file.resolve("data"));
    }

    private void send(String topic, String value) {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (var producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, value, value)).get();
        } catch (Exception e) {
            throw new AssertionError("cannot send to " + topic, e);
        }
    }

    private List<String> readAll(String topic) {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "auto.offset.reset",
                        "earliest");
        List<TopicPartition> partitions =
                List.of(new TopicPartition(topic, 0), new TopicPartition(topic, 1));
        List<String> values = new ArrayList<>();
        try (var consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () -> {
                                consumer.poll(Duration.ofMillis(50))
                                        .forEach(each -> values.add(each.value()));
                                return partitions.stream()
                                        .allMatch(
                                                each -> consumer.position(each) >= ends.get(each));
                            });
        }
        return values;
    }

    private KafkaShareConsumer<String, String> shareConsumer() {
        Map<String, Object> config =
                Map.of(
                        "bootstrap.servers",
                        broker.bootstrapServers(),
                        "group.id",
                        GROUP,
                        "share.acknowledgement.mode",
                        "explicit",
                        "max.poll.records",
                        "2");
        var consumer =
                new KafkaShareConsumer<>(
                        config, new StringDeserializer(), new StringDeserializer());
        consumer.subscribe(List.of(WORK));
        return consumer;
    }
}

package io.flexir.ops.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.broker.BrokerSettings;
import io.flexir.ops.local.broker.ClusterSetup;
import io.flexir.ops.local.broker.EmbeddedBroker;
import io.flexir.ops.local.broker.FleetTopics;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A cluster's life from its first topics to what must not be done to it, by a real broker. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
class TopicsCommandTest {
    private static final List<String> ONE_BROKER =
            List.of(
                    "--replicas",
                    "1",
                    "--min-insync",
                    "1",
                    "--job-partitions",
                    "6",
                    "--share-session",
                    "5s",
                    "--share-heartbeat",
                    "250ms");

    private StringWriter out;
    private StringWriter err;
    private EmbeddedBroker broker;

    @BeforeEach
    void nothingIsPrintedYet() {
        out = new StringWriter();
        err = new StringWriter();
    }

    @BeforeAll
    void startOnce() {
        broker = EmbeddedBroker.start(BrokerSettings.in(DataDirectory.temporary()));
    }

    @AfterAll
    void stop() {
        broker.close();
    }

    @Test
    @Order(1)
    void a_plan_names_every_topic_and_changes_nothing() throws Exception {
        JsonNode plan = json(1, "plan");

        assertThat(plan.path("state").asText()).isEqualTo("planned");
        assertThat(plan.path("changes").findValuesAsText("subject"))
                .contains(Topics.REQUESTS, Topics.work("cpu"), "flexir-cpu");
        try (Admin admin = broker.admin()) {
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    @Test
    @Order(2)
    void more_replicas_than_brokers_are_refused() throws Exception {
        assertThat(run("apply", List.of())).isEqualTo(ExitCode.DIFFERS);

        assertThat(out.toString())
                .contains("3 replicas need as many brokers, and there are 1")
                .contains("Nothing was changed");
        try (Admin admin = broker.admin()) {
            assertThat(admin.listTopics().names().get()).isEmpty();
        }
    }

    @Test
    @Order(3)
    void apply_creates_and_once_more_changes_nothing() throws Exception {
        assertThat(json(0, "apply").path("changes").size()).isPositive();

        assertThat(json(0, "plan").path("changes")).isEmpty();
        assertThat(json(0, "apply").path("changes")).isEmpty();
        try (Admin admin = broker.admin()) {
            var topics =
                    admin.describeTopics(List.of(Topics.REQUESTS, Topics.REPORTS, Topics.CONTROL))
                            .allTopicNames()
                            .get();
            assertThat(topics.get(Topics.REQUESTS).partitions()).hasSize(6);
            assertThat(topics.get(Topics.REPORTS).partitions()).hasSize(6);
            assertThat(topics.get(Topics.CONTROL).partitions()).hasSize(1);
            assertThat(setting(admin, Topics.CONTROL, "cleanup.policy")).isEqualTo("compact");
            assertThat(setting(admin, Topics.CONTROL, "min.insync.replicas")).isEqualTo("1");
        }
    }

    @Test
    @Order(4)
    void a_local_stack_finds_its_topics_in_what_was_applied() {
        try (Admin admin = broker.admin()) {
            ClusterSetup setup = new ClusterSetup(admin);

            setup.createTopics(FleetTopics.topics(List.of("cpu")));
            setup.configure(FleetTopics.shareGroups(List.of("cpu")));
        }

        assertThat(json(0, "plan").path("changes")).isEmpty();
    }

    @Test
    @Order(5)
    void another_number_of_job_partitions_is_refused_once_there_was_a_job() {
        send(Topics.REQUESTS);

        JsonNode refused =
                json(1, "apply", "--job-partitions", "12", "--may-lose", Topics.REQUESTS);

        assertThat(refused.path("state").asText()).isEqualTo("refused");
        assertThat(refused.path("changes").findValuesAsText("subject"))
                .contains(Topics.REQUESTS, Topics.REPORTS);
        assertThat(refused.path("changes").path(0).path("why").asText()).contains("ledger");
        assertThat(json(0, "plan").path("changes")).isEmpty();
    }

    @Test
    @Order(6)
    void a_shorter_retention_of_a_topic_with_records_needs_its_name() throws Exception {
        send(Topics.OUTCOMES);
        String shorter = Topics.OUTCOMES + "=24h";

        assertThat(run("apply", oneBroker("--retention", shorter, "--may-lose", Topics.JOBS)))
                .isEqualTo(ExitCode.DIFFERS);
        assertThat(out.toString())
                .contains("only with --may-lose " + Topics.OUTCOMES)
                .contains("Nothing was changed");

        assertThat(json(0, "apply", "--retention", shorter, "--may-lose", Topics.OUTCOMES))
                .isNotNull();
        try (Admin admin = broker.admin()) {
            assertThat(setting(admin, Topics.OUTCOMES, "retention.ms")).isEqualTo("86400000");
        }
        // Longer again, which loses nothing.
        assertThat(json(0, "apply").path("changes").findValuesAsText("what"))
                .contains("retention.ms");
    }

    @Test
    @Order(7)
    void fewer_partitions_are_made_by_creating_the_topic_again_for_who_names_it() throws Exception {
        json(0, "apply", "--work-partitions", "3");
        send(Topics.work("cpu"));

        assertThat(json(1, "apply").path("changes").path(0).path("why").asText())
                .contains("all of its records");

        json(0, "apply", "--may-lose", Topics.work("cpu"));
        try (Admin admin = broker.admin()) {
            assertThat(
                            admin.describeTopics(List.of(Topics.work("cpu")))
                                    .allTopicNames()
                                    .get()
                                    .get(Topics.work("cpu"))
                                    .partitions())
                    .hasSize(1);
        }
        assertThat(json(0, "plan").path("changes")).isEmpty();
    }

    @Test
    @Order(8)
    void what_makes_no_sense_is_wrong_usage() {
        assertThat(run("plan", List.of("--replicas", "1"))).isEqualTo(ExitCode.USAGE);
        assertThat(run("plan", List.of("--job-partitions", "0"))).isEqualTo(ExitCode.USAGE);
        assertThat(run("plan", oneBroker("--retention", "flexir.outcome.v1=1h")))
                .isEqualTo(ExitCode.USAGE);
        assertThat(run("plan", oneBroker("--pools", "cpu,a/b"))).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString())
                .hasLineCount(4)
                .contains(
                        "min.insync.replicas must be at most the number of replicas, which is 1",
                        "job partitions must be 1 to 10000",
                        "--retention of flexir.outcome.v1: the fleet has flexir.control.v1",
                        "'a/b' is no name of a pool");
    }

    @Test
    @Order(9)
    void a_broker_that_is_not_there_is_told() throws IOException {
        assertThat(
                        run(
                                "plan",
                                oneBroker(
                                        "--kafka",
                                        "127.0.0.1:" + unusedPort(),
                                        "--kafka-property",
                                        "default.api.timeout.ms=2000",
                                        "--kafka-property",
                                        "request.timeout.ms=1000")))
                .isEqualTo(ExitCode.CANNOT_START);
        assertThat(err.toString()).hasLineCount(1).contains("the broker at 127.0.0.1");
    }

    private static List<String> oneBroker(String... more) {
        List<String> all = new ArrayList<>(ONE_BROKER);
        all.addAll(List.of(more));
        return all;
    }

    private JsonNode json(int exitCode, String command, String... more) {
        List<String> arguments = oneBroker("--json");
        for (int at = 0; at < more.length; at += 2) {
            int present = arguments.indexOf(more[at]);
            if (present >= 0) {
                arguments.set(present + 1, more[at + 1]);
            } else {
                arguments.addAll(List.of(more[at], more[at + 1]));
            }
        }
        out.getBuffer().setLength(0);
        assertThat(run(command, arguments)).as(out + " " + err).isEqualTo(exitCode);
        try {
            return new JsonMapper().readTree(out.toString());
        } catch (IOException e) {
            throw new AssertionError(out.toString(), e);
        }
    }

    private int run(String command, List<String> more) {
        List<String> arguments = new ArrayList<>(List.of("topics", command));
        if (!more.contains("--kafka")) {
            arguments.addAll(List.of("--kafka", broker.bootstrapServers()));
        }
        arguments.addAll(more);
        CommandLine commandLine = Main.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(arguments.toArray(String[]::new));
    }

    private static String setting(Admin admin, String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return admin.describeConfigs(List.of(resource)).all().get().get(resource).get(name).value();
    }

    private void send(String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            var _ = producer.send(new ProducerRecord<>(topic, "a", "b"));
        }
    }

    private static int unusedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }
}

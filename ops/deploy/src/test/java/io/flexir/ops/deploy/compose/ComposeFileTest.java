package io.flexir.ops.deploy.compose;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.ops.deploy.Documents;
import io.flexir.ops.deploy.OptionVariables;
import io.flexir.ops.deploy.image.ImageKind;
import io.flexir.ops.deploy.probe.Probe;

import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** The compose file agrees with its specification, with our options, and with the images. */
class ComposeFileTest {
    private static final Path FILE = Path.of("compose.yaml");
    private static final String PROBE = "127.0.0.1:";

    private final JsonNode compose = Documents.read(FILE);

    @Test
    void it_follows_the_compose_specification() {
        assertThat(Documents.problems(compose, Documents.schema("compose-spec.json"))).isEmpty();
    }

    @Test
    void the_specification_refuses_what_it_does_not_know() {
        ((ObjectNode) compose.at("/services/scheduler")).put("restrat", "always");

        assertThat(Documents.problems(compose, Documents.schema("compose-spec.json")))
                .anyMatch(problem -> problem.contains("restrat"));
    }

    @Test
    void every_variable_is_read_by_the_process_that_it_is_set_for() {
        assertThat(variables("scheduler")).isSubsetOf(OptionVariables.ofScheduler());
        assertThat(variables("worker")).isSubsetOf(OptionVariables.ofWorker());
    }

    @Test
    void the_command_that_makes_topics_reads_every_variable_that_it_is_given() {
        assertThat(variables("topics")).isSubsetOf(OptionVariables.ofTopics());
    }

    @Test
    void the_broker_knows_each_of_its_settings() {
        Set<String> settings = new TreeSet<>();
        variables("kafka")
                .forEach(
                        name ->
                                settings.add(
                                        name.substring("KAFKA_".length())
                                                .toLowerCase(Locale.ROOT)
                                                .replace('_', '.')));

        assertThat(settings).isSubsetOf(brokerSettings());
    }

    @Test
    void the_broker_is_of_the_version_that_everything_is_tested_with() {
        assertThat(compose.at("/services/kafka/image").asText())
                .isEqualTo("apache/kafka:" + AppInfoParser.getVersion());
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "worker", "topics"})
    void our_images_are_those_that_the_build_makes(String service) {
        ImageKind kind =
                switch (service) {
                    case "scheduler" -> ImageKind.SCHEDULER;
                    case "worker" -> ImageKind.WORKER_CPU;
                    default -> ImageKind.OPS;
                };

        assertThat(compose.at("/services/" + service + "/image").asText())
                .isEqualTo(
                        kind.repository()
                                + ":${FLEXIR_VERSION:-"
                                + System.getProperty("flexir.version")
                                + "}");
    }

    @Test
    void ports_are_those_that_the_images_serve_on() {
        assertThat(ports("scheduler"))
                .containsExactlyInAnyOrderElementsOf(ports(ImageKind.SCHEDULER));
        assertThat(ports("worker"))
                .containsExactlyInAnyOrderElementsOf(ports(ImageKind.WORKER_CPU));
        assertThat(scraped()).containsExactlyInAnyOrder("scheduler:9464", "worker:9465");
        assertThat(text("/services/scheduler/environment/FLEXIR_S3"))
                .isEqualTo("http://store:8333");
        assertThat(text("/services/store/ports/0")).endsWith(":8333");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scheduler", "worker"})
    void health_is_asked_by_the_probe_that_lies_in_the_image(String service) {
        List<String> check = new ArrayList<>();
        compose.at("/services/" + service + "/healthcheck/test")
                .forEach(part -> check.add(part.asText()));

        assertThat(check).contains("CMD", "/opt/java/bin/java", Probe.class.getName());
        String port = check.getLast().substring(check.getLast().indexOf(PROBE) + PROBE.length());
        assertThat(ports(service)).contains(port.substring(0, port.indexOf('/')));
        assertThat(check.getLast()).endsWith("/health/ready");
    }

    @Test
    void files_that_it_mounts_are_there_and_dashboards_are_grafanas() {
        for (String service : List.of("prometheus", "grafana")) {
            for (JsonNode volume : compose.at("/services/" + service + "/volumes")) {
                String source = volume.asText().split(":", 2)[0];
                if (source.startsWith(".")) {
                    assertThat(Path.of(source)).exists();
                }
            }
        }
        assertThat(
                        Documents.read(Path.of("compose/grafana-dashboards.yaml"))
                                .at("/providers/0/options/path")
                                .asText())
                .isEqualTo("/var/lib/grafana/dashboards/flexir");
        assertThat(
                        Documents.read(Path.of("compose/grafana-datasources.yaml"))
                                .at("/datasources/0/url")
                                .asText())
                .isEqualTo("http://prometheus:9090");
    }

    @Test
    void processes_of_ours_write_nowhere_but_tmp_and_have_no_rights() {
        for (String service : List.of("scheduler", "worker", "topics")) {
            JsonNode process = compose.at("/services/" + service);
            assertThat(process.path("read_only").asBoolean()).isTrue();
            assertThat(process.at("/cap_drop/0").asText()).isEqualTo("ALL");
            assertThat(process.at("/tmpfs/0").asText()).startsWith("/tmp:exec");
        }
    }

    @Test
    void no_secret_stands_in_it() throws Exception {
        assertThat(
                        Files.readString(FILE)
                                .lines()
                                .filter(
                                        line ->
                                                line.matches(
                                                        ".*(SECRET|API_KEY|PASSWORD)\\w*: .*")))
                .isNotEmpty()
                .allMatch(line -> line.contains(":?"));
    }

    private String text(String pointer) {
        return compose.at(pointer).asText();
    }

    private Set<String> variables(String service) {
        Set<String> names = new TreeSet<>();
        JsonNode environment = compose.at("/services/" + service + "/environment");
        environment.fieldNames().forEachRemaining(names::add);
        assertThat(names).isNotEmpty();
        return names;
    }

    private Set<String> ports(String service) {
        Set<String> ports = new HashSet<>();
        JsonNode description = compose.at("/services/" + service);
        description.path("expose").forEach(port -> ports.add(port.asText()));
        description
                .path("ports")
                .forEach(
                        port ->
                                ports.add(
                                        port.asText()
                                                .substring(port.asText().lastIndexOf(':') + 1)));
        return ports;
    }

    private static Set<String> ports(ImageKind kind) {
        Set<String> ports = new HashSet<>();
        kind.ports().forEach(port -> ports.add(Integer.toString(port)));
        return ports;
    }

    private static Set<String> scraped() {
        Set<String> targets = new HashSet<>();
        JsonNode prometheus = Documents.read(Path.of("compose/prometheus.yml"));
        for (JsonNode job : prometheus.path("scrape_configs")) {
            JsonNode found = job.at("/dns_sd_configs/0");
            targets.add(found.at("/names/0").asText() + ":" + found.path("port").asText());
        }
        return targets;
    }

    /** By reflection: a dependency of this module's on the broker would be for this line alone. */
    private static Set<String> brokerSettings() {
        try {
            Object definition =
                    Class.forName("org.apache.kafka.server.config.AbstractKafkaConfig")
                            .getField("CONFIG_DEF")
                            .get(null);
            return ((ConfigDef) definition).names();
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("the settings of the broker", e);
        }
    }
}

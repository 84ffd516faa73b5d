package io.flexir.scheduler.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.load.FleetWork;
import io.flexir.scheduler.scale.Scaling;
import io.flexir.scheduler.scale.ScalingReport;
import io.flexir.scheduler.scale.ScalingRules;

import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The example for KEDA reads what a scheduler really says. */
class KedaExampleTest {
    private static final Path EXAMPLE = Path.of("..", "ops", "deploy", "keda-scaledobject.yaml");

    private final JsonNode example = example();
    private final ScalingReport report = report();

    @Test
    void it_is_a_scaled_object_with_what_each_trigger_requires() {
        assertThat(example.path("apiVersion").asText()).isEqualTo("keda.sh/v1alpha1");
        assertThat(example.path("kind").asText()).isEqualTo("ScaledObject");
        assertThat(example.at("/spec/scaleTargetRef/name").asText()).isNotBlank();
        assertThat(trigger("metrics-api").fieldNames())
                .toIterable()
                .contains("url", "valueLocation", "targetValue");
        assertThat(trigger("prometheus").fieldNames())
                .toIterable()
                .contains("serverAddress", "query", "threshold");
        assertThat(example.at("/spec/triggers"))
                .allSatisfy(
                        trigger ->
                                assertThat(trigger.path("metadata"))
                                        .as("KEDA takes strings alone")
                                        .allMatch(JsonNode::isTextual));
    }

    @Test
    void its_location_is_where_the_endpoint_has_the_number() throws IOException {
        String location = trigger("metrics-api").path("valueLocation").asText();
        JsonNode body = new JsonMapper().readTree(ScalingBody.of(report).encode());

        JsonNode number = body.at("/" + location.replace('.', '/'));

        assertThat(number.isInt()).isTrue();
        assertThat(number.asInt()).isEqualTo(report.pools().get("cpu").desiredWorkers());
        assertThat(trigger("metrics-api").path("url").asText()).endsWith("/scaling");
    }

    @Test
    void its_query_names_a_metric_that_there_is() {
        SchedulerMetrics metrics = new SchedulerMetrics();
        assertThat(metrics.scrape()).doesNotContain("flexir_desired_workers{");

        metrics.scaling(report);

        assertThat(trigger("prometheus").path("query").asText())
                .isEqualTo("max(flexir_desired_workers{pool=\"cpu\"})");
        assertThat(metrics.scrape()).contains("flexir_desired_workers{pool=\"cpu\",} 1.0");
    }

    private JsonNode trigger(String type) {
        for (JsonNode trigger : example.at("/spec/triggers")) {
            if (trigger.path("type").asText().equals(type)) {
                return trigger.path("metadata");
            }
        }
        throw new AssertionError("There is no trigger " + type);
    }

    private static JsonNode example() {
        try {
            Object loaded = new Yaml().load(Files.readString(EXAMPLE));
            return new JsonMapper().valueToTree(loaded);
        } catch (IOException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private static ScalingReport report() {
        ScalingRules rules =
                new ScalingRules(
                        1,
                        9,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(60));
        FleetWork work = Samples.fleetWork();
        work.heard(Samples.heartbeat("w", Samples.START));
        return new Scaling(rules, List.of("cpu"))
                .look(work.at(Samples.START), work.fleet(Samples.START), Samples.START);
    }
}

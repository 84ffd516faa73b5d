package io.flexir.ops.deploy.helm;

import static io.flexir.ops.deploy.helm.Manifests.container;
import static io.flexir.ops.deploy.helm.Manifests.egress;
import static io.flexir.ops.deploy.helm.Manifests.ingress;
import static io.flexir.ops.deploy.helm.Manifests.only;
import static io.flexir.ops.deploy.helm.Manifests.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.contracts.wire.Topics;
import io.flexir.ops.deploy.OptionVariables;
import io.flexir.ops.deploy.image.ImageKind;
import io.flexir.ops.local.broker.FleetTopics;
import io.flexir.ops.local.broker.TopicSizing;
import io.flexir.ops.local.broker.TopicSpec;
import io.flexir.scheduler.config.TracingConfig;
import io.flexir.worker.config.TracingSettings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The chart as Helm renders it, held to Kubernetes' and KEDA's schemas, our options and images. */
class ChartTest {
    /** Everything that can be on. */
    private static final String ALL =
            """
            image: {registry: "registry.example:5000", tag: "1.2.3", pullSecrets: [{name: pull}]}
            kafka: {brokers: "kafka-0:9092", configSecret: {name: kafka}}
            s3: {endpoint: "https://s3.example:9443", publicEndpoint: "https://photos.example", secret: {name: store}, caSecret: {name: ca}}
            scheduler:
              keysSecret: {name: keys}
              tenantsConfigMap: {name: tenants}
              pricesConfigMap: {name: prices}
              webhookSecretsSecret: {name: webhooks}
              tlsSecret: {name: tls}
              env: {FLEXIR_KEEP_RESULTS_HOURS: 48, FLEXIR_TRACES: otlp, OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318"}
              podAnnotations: {team: photos}
              nodeSelector: {disk: ssd}
              tolerations: [{key: a, operator: Exists}]
              affinity: {nodeAffinity: {}}
            workers:
              cuda:
                enabled: true
                runtimeClassName: nvidia
                env: {FLEXIR_TRACES: otlp, OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector:4318"}
            autoscaling: {enabled: true, prometheusAddress: "http://prometheus:9090"}
            topics: {mode: strimzi, strimziCluster: main, asHook: false, retention: {flexir.outcomes.v1: 720h}}
            networkPolicy:
              apiFrom: [{podSelector: {matchLabels: {app: gateway}}}]
              managementFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: keda}}}]
              egress:
                - ports: [{port: 4318}]
                  to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: monitoring}}}]
            """;

    private static final String NO_HOOKS = Chart.NEEDED + "topics: {asHook: false}\n";

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void every_object_follows_the_schema_of_its_kind(boolean everything) {
        List<JsonNode> objects = Chart.objects(everything ? ALL : Chart.NEEDED);

        assertThat(objects).hasSizeGreaterThan(7);
        assertThat(objects)
                .allSatisfy(object -> assertThat(KubernetesSchemas.problems(object)).isEmpty());
    }

    @Test
    void helm_finds_nothing_to_mend() {
        var found = Chart.lint();

        assertThat(found.isFailed()).as(found.getMessages().toString()).isFalse();
    }

    @Test
    void an_object_with_a_misspelt_field_does_not() {
        JsonNode deployment = scheduler(Chart.NEEDED);
        ((ObjectNode) deployment.at("/spec/template/spec")).put("terminationGracePeriod", 3);

        assertThat(KubernetesSchemas.problems(deployment))
                .anyMatch(problem -> problem.contains("terminationGracePeriod"));
    }

    @Test
    void every_variable_is_read_by_the_process_that_it_is_set_for() {
        List<JsonNode> objects = Chart.objects(ALL);

        assertThat(fleetVariables(only(objects, "Deployment", "fleet-scheduler")))
                .isSubsetOf(OptionVariables.ofScheduler());
        assertThat(fleetVariables(only(objects, "Deployment", "fleet-worker-cuda")))
                .isSubsetOf(OptionVariables.ofWorker());
    }

    /** OpenTelemetry's SDK reads each as the property of its name, and refuses what cannot be. */
    @Test
    void opentelemetrys_variables_are_read_by_the_process_that_they_are_set_for() {
        List<JsonNode> objects = Chart.objects(ALL);

        for (String property : telemetry(only(objects, "Deployment", "fleet-scheduler"))) {
            TracingConfig wrong = new TracingConfig(true, Map.of(property, "ftp://collector"));
            assertThatThrownBy(() -> wrong.start("pod")).hasMessageContaining("endpoint");
        }
        for (String property : telemetry(only(objects, "Deployment", "fleet-worker-cuda"))) {
            TracingSettings wrong = new TracingSettings(true, Map.of(property, "ftp://collector"));
            assertThatThrownBy(() -> wrong.start("pod")).hasMessageContaining("endpoint");
        }
    }

    @Test
    void the_job_that_makes_topics_reads_every_variable_that_it_is_given() {
        assertThat(fleetVariables(topicsJob(Chart.objects(ALL))))
                .isSubsetOf(OptionVariables.ofTopics());
    }

    @Test
    void images_and_ports_are_those_of_the_build() {
        List<JsonNode> objects = Chart.objects(ALL);

        for (ImageKind kind :
                List.of(ImageKind.SCHEDULER, ImageKind.WORKER_CPU, ImageKind.WORKER_CUDA)) {
            JsonNode container = container(only(objects, "Deployment", "fleet-" + kind.title()));
            assertThat(container.path("image").asText())
                    .isEqualTo("registry.example:5000/" + kind.repository() + ":1.2.3");
            Set<Integer> ports = new HashSet<>();
            container.path("ports").forEach(port -> ports.add(port.path("containerPort").asInt()));
            assertThat(ports).isEqualTo(Set.copyOf(kind.ports()));
        }
        assertThat(container(topicsJob(objects)).path("image").asText())
                .isEqualTo("registry.example:5000/flexir/ops:1.2.3");
    }

    @Test
    void a_release_names_the_version_of_the_build_when_no_tag_is_given() {
        JsonNode container = container(scheduler(Chart.NEEDED));

        assertThat(container.path("image").asText())
                .isEqualTo("flexir/scheduler:" + System.getProperty("flexir.version"));
    }

    @Test
    void pods_have_no_rights_and_write_nowhere_but_tmp() {
        for (JsonNode object : Chart.objects(ALL)) {
            JsonNode pod = object.at("/spec/template/spec");
            if (pod.isMissingNode()) {
                continue;
            }
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(65532);
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            JsonNode security = container(object).path("securityContext");
            assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
            assertThat(security.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
            container(object)
                    .path("volumeMounts")
                    .forEach(
                            mount ->
                                    assertThat(
                                                    mount.path("readOnly").asBoolean()
                                                            || mount.path("mountPath")
                                                                    .asText()
                                                                    .equals("/tmp"))
                                            .isTrue());
        }
    }

    @Test
    void a_worker_is_given_longer_than_its_grace_and_its_longest_stage() {
        JsonNode pod =
                only(
                                Chart.objects(
                                        Chart.NEEDED
                                                + "workers: {cpu: {shutdownGraceSeconds: 90, longestStageSeconds: 45}}\n"),
                                "Deployment",
                                "fleet-worker-cpu")
                        .at("/spec/template/spec");

        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isEqualTo(90 + 45 + 20);
        assertThat(variables(pod.at("/containers/0")))
                .containsEntry("FLEXIR_SHUTDOWN_GRACE_SECONDS", "90")
                .containsEntry("FLEXIR_LONGEST_STAGE_SECONDS", "45");
    }

    @Test
    void a_scheduler_that_is_not_to_answer_longer_has_nothing_to_do_before_it_stops() {
        String atOnce = Chart.NEEDED.replace("{name: keys}", "{name: keys}, drainSeconds: 0");

        JsonNode usual = container(scheduler(Chart.NEEDED));
        assertThat(usual.at("/lifecycle/preStop/sleep/seconds").asInt()).isEqualTo(5);
        assertThat(container(scheduler(atOnce)).has("lifecycle")).isFalse();
    }

    @Test
    void variables_are_what_was_said_however_large_a_number_is() {
        List<JsonNode> objects =
                Chart.objects(
                        Chart.NEEDED
                                + "workers:\n"
                                + "  cpu: {env: {FLEXIR_BUNDLE_CACHE_BYTES: 134217728}}\n"
                                + "  cuda: {enabled: true}\n");

        assertThat(variables(container(only(objects, "Deployment", "fleet-worker-cpu"))))
                .containsEntry("FLEXIR_BUNDLE_CACHE_BYTES", "134217728");
        assertThat(variables(container(only(objects, "Deployment", "fleet-worker-cuda"))))
                .containsEntry("FLEXIR_BUNDLE_CACHE_BYTES", "805306368");
    }

    @Test
    void gpus_are_asked_for_by_the_pool_that_computes_on_them_alone() {
        List<JsonNode> objects = Chart.objects(ALL);

        assertThat(
                        container(only(objects, "Deployment", "fleet-worker-cuda"))
                                .at("/resources/limits/nvidia.com~1gpu")
                                .asInt())
                .isEqualTo(1);
        assertThat(
                        container(only(objects, "Deployment", "fleet-worker-cpu"))
                                .at("/resources/limits")
                                .has("nvidia.com/gpu"))
                .isFalse();
        assertThat(
                        only(objects, "Deployment", "fleet-worker-cuda")
                                .at("/spec/template/spec/tolerations/0/key")
                                .asText())
                .isEqualTo("nvidia.com/gpu");
    }

    @Test
    void keda_asks_the_schedulers_and_leaves_the_number_of_pods_to_nobody_else() {
        List<JsonNode> objects = Chart.objects(ALL);
        JsonNode scaled = only(objects, "ScaledObject", "fleet-worker-cpu");

        assertThat(scaled.at("/spec/triggers/0/metadata/url").asText())
                .isEqualTo("https://fleet-scheduler-management.photos.svc:9464/scaling");
        assertThat(scaled.at("/spec/triggers/0/metadata/unsafeSsl").asText()).isEqualTo("false");
        assertThat(scaled.at("/spec/triggers/0/metadata/valueLocation").asText())
                .isEqualTo("pools.cpu.desiredWorkers");
        assertThat(scaled.at("/spec/triggers/1/metadata/query").asText())
                .isEqualTo("max(flexir_desired_workers{pool=\"cpu\"})");
        assertThat(scaled.at("/spec/fallback/behavior").asText())
                .isEqualTo("currentReplicasIfHigher");
        assertThat(only(objects, "Deployment", "fleet-worker-cpu").path("spec").has("replicas"))
                .isFalse();
        assertThat(
                        only(objects, "Service", "fleet-scheduler-management")
                                .at("/spec/ports/0/port")
                                .asInt())
                .isEqualTo(9464);
    }

    @Test
    void strimzis_topics_are_those_that_the_job_would_make() {
        TopicSizing sizing =
                new TopicSizing(12, 1, 3, 2, Map.of(Topics.OUTCOMES, Duration.ofDays(30)));
        List<TopicSpec> rendered = new ArrayList<>();
        for (JsonNode object : Chart.objects(ALL)) {
            if (object.path("kind").asText().equals("KafkaTopic")) {
                rendered.add(topic(object.path("spec")));
                assertThat(object.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                        .isEqualTo("keep");
                assertThat(object.at("/metadata/annotations").has("helm.sh/hook")).isFalse();
            }
        }

        assertThat(rendered)
                .containsExactlyInAnyOrderElementsOf(
                        FleetTopics.topics(List.of("cpu", "cuda"), sizing));
    }

    @Test
    void a_topic_that_is_kept_longer_is_so_after_an_upgrade() {
        assertThat(arguments(topicsJob(Chart.objects(ALL))))
                .containsExactly("topics", "apply", "--retention", "flexir.outcomes.v1=720h");
        assertThat(arguments(topicsJob(Chart.objects(NO_HOOKS))))
                .containsExactly("topics", "apply");
    }

    @Test
    void a_job_that_is_no_hook_has_another_name_when_its_pod_is_another() {
        String name = name(topicsJob(Chart.objects(NO_HOOKS)));

        assertThat(name).matches("fleet-topics-[0-9a-f]{8}");
        assertThat(name(topicsJob(Chart.objects(NO_HOOKS + "workers: {cpu: {replicas: 5}}\n"))))
                .isEqualTo(name);
        assertThat(name(topicsJob(Chart.objects(NO_HOOKS + "image: {tag: \"1.2.3\"}\n"))))
                .matches("fleet-topics-[0-9a-f]{8}")
                .isNotEqualTo(name);
    }

    @Test
    void pods_reach_what_they_must_and_no_more() {
        List<JsonNode> objects = Chart.objects(Chart.NEEDED);

        assertThat(egress(only(objects, "NetworkPolicy", "fleet-worker-cpu")))
                .containsExactlyInAnyOrder(53, 9092, 9443);
        assertThat(egress(only(objects, "NetworkPolicy", "fleet-scheduler")))
                .containsExactlyInAnyOrder(53, 9092, 9443);
        assertThat(egress(only(Chart.objects(ALL), "NetworkPolicy", "fleet-scheduler")))
                .containsExactlyInAnyOrder(53, 9092, 9443, 443, 4318);
        String nowhere = ALL.replace("networkPolicy:\n", "networkPolicy:\n  webhookPorts: []\n");
        JsonNode rules =
                only(Chart.objects(nowhere), "NetworkPolicy", "fleet-scheduler").at("/spec/egress");
        assertThat(rules)
                .hasSize(3)
                .allSatisfy(rule -> assertThat(rule.path("ports")).isNotEmpty());
    }

    @Test
    void every_pod_reaches_what_the_release_adds() {
        List<JsonNode> objects = Chart.objects(ALL);

        for (String name : List.of("fleet-scheduler", "fleet-worker-cpu", "fleet-worker-cuda")) {
            JsonNode rules = only(objects, "NetworkPolicy", name).at("/spec/egress");
            JsonNode added = rules.path(rules.size() - 1);
            assertThat(added.at("/ports/0/port").asInt()).isEqualTo(4318);
            assertThat(added.at("/to/0/namespaceSelector/matchLabels").properties()).hasSize(1);
        }
    }

    @Test
    void metrics_and_scaling_are_not_for_every_pod_of_the_cluster() {
        List<JsonNode> objects = Chart.objects(Chart.NEEDED);

        for (String name : List.of("fleet-scheduler", "fleet-worker-cpu")) {
            JsonNode management = ingress(only(objects, "NetworkPolicy", name), "management");
            assertThat(management.path("from")).isNotEmpty();
            assertThat(management.path("from"))
                    .allSatisfy(
                            peer ->
                                    assertThat(
                                                    peer.has("podSelector")
                                                            || peer.at(
                                                                                    "/namespaceSelector/matchExpressions/0/values")
                                                                            .size()
                                                                    > 0)
                                            .isTrue());
        }
    }

    private static JsonNode scheduler(String values) {
        return only(Chart.objects(values), "Deployment", "fleet-scheduler");
    }

    /** The one that is no hook: Helm as a library leaves hooks out of what it renders. */
    private static JsonNode topicsJob(List<JsonNode> objects) {
        List<JsonNode> jobs =
                objects.stream()
                        .filter(object -> object.path("kind").asText().equals("Job"))
                        .toList();
        assertThat(jobs).hasSize(1);
        return jobs.getFirst();
    }

    private static String name(JsonNode object) {
        return object.at("/metadata/name").asText();
    }

    private static List<String> arguments(JsonNode object) {
        List<String> arguments = new ArrayList<>();
        container(object).path("args").forEach(argument -> arguments.add(argument.asText()));
        return arguments;
    }

    private static TopicSpec topic(JsonNode spec) {
        Map<String, String> config = new TreeMap<>();
        spec.path("config")
                .properties()
                .forEach(setting -> config.put(setting.getKey(), setting.getValue().asText()));
        return new TopicSpec(
                spec.path("topicName").asText(),
                spec.path("partitions").asInt(),
                spec.path("replicas").asInt(),
                config);
    }

    private static Set<String> telemetry(JsonNode object) {
        Set<String> properties = new TreeSet<>();
        variables(container(object)).keySet().stream()
                .filter(name -> name.startsWith("OTEL_"))
                .forEach(name -> properties.add(name.toLowerCase(Locale.ROOT).replace('_', '.')));
        assertThat(properties).isNotEmpty();
        return properties;
    }

    private static Set<String> fleetVariables(JsonNode object) {
        Set<String> names = new TreeSet<>(variables(container(object)).keySet());
        names.removeIf(name -> !name.startsWith("FLEXIR_"));
        assertThat(names).isNotEmpty();
        return names;
    }
}

package io.flexir.ops.deploy.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.ops.deploy.OptionVariables;
import io.flexir.ops.deploy.image.ImageKind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
              env: {FLEXIR_KEEP_RESULTS_HOURS: 48}
              podAnnotations: {team: photos}
              nodeSelector: {disk: ssd}
              tolerations: [{key: a, operator: Exists}]
              affinity: {nodeAffinity: {}}
            workers:
              cuda: {enabled: true, runtimeClassName: nvidia}
            autoscaling: {enabled: true, prometheusAddress: "http://prometheus:9090"}
            topics: {mode: strimzi, strimziCluster: main, asHook: false}
            networkPolicy:
              apiFrom: [{podSelector: {matchLabels: {app: gateway}}}]
              managementFrom: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: keda}}}]
            """;

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
        JsonNode deployment = only(Chart.objects(Chart.NEEDED), "Deployment", "fleet-scheduler");
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

    @Test
    void the_job_that_makes_topics_reads_every_variable_that_it_is_given() {
        assertThat(fleetVariables(only(Chart.objects(ALL), "Job", "fleet-topics")))
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
        assertThat(container(only(objects, "Job", "fleet-topics")).path("image").asText())
                .isEqualTo("registry.example:5000/flexir/ops:1.2.3");
    }

    @Test
    void a_release_names_the_version_of_the_build_when_no_tag_is_given() {
        JsonNode container =
                container(only(Chart.objects(Chart.NEEDED), "Deployment", "fleet-scheduler"));

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

        assertThat(pod.path("terminationGracePeriodSeconds").asInt()).isGreaterThan(90 + 45);
        assertThat(variables(pod.at("/containers/0")))
                .containsEntry("FLEXIR_SHUTDOWN_GRACE_SECONDS", "90");
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
    void strimzis_topics_are_those_of_the_contract() {
        Map<String, Map<String, String>> rendered = new TreeMap<>();
        for (JsonNode object : Chart.objects(ALL)) {
            if (object.path("kind").asText().equals("KafkaTopic")) {
                Map<String, String> settings = new TreeMap<>();
                object.at("/spec/config")
                        .properties()
                        .forEach(field -> settings.put(field.getKey(), field.getValue().asText()));
                settings.remove("min.insync.replicas");
                settings.put("partitions", object.at("/spec/partitions").asText());
                rendered.put(object.at("/spec/topicName").asText(), settings);
                assertThat(object.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                        .isEqualTo("keep");
                assertThat(object.at("/metadata/annotations").has("helm.sh/hook")).isFalse();
            }
        }

        assertThat(rendered).isEqualTo(ContractTopics.of(List.of("cpu", "cuda"), 12, 1));
    }

    @Test
    void pods_reach_what_they_must_and_no_more() {
        List<JsonNode> objects = Chart.objects(Chart.NEEDED);

        assertThat(egress(only(objects, "NetworkPolicy", "fleet-worker-cpu")))
                .containsExactlyInAnyOrder(53, 9092, 9443);
        assertThat(egress(only(objects, "NetworkPolicy", "fleet-scheduler")))
                .containsExactlyInAnyOrder(53, 9092, 9443);
        assertThat(egress(only(Chart.objects(ALL), "NetworkPolicy", "fleet-scheduler")))
                .containsExactlyInAnyOrder(53, 9092, 9443, 443);
    }

    private static JsonNode only(List<JsonNode> objects, String kind, String name) {
        List<JsonNode> found =
                objects.stream()
                        .filter(object -> object.path("kind").asText().equals(kind))
                        .filter(object -> object.at("/metadata/name").asText().equals(name))
                        .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.getFirst();
    }

    private static JsonNode container(JsonNode object) {
        return object.at("/spec/template/spec/containers/0");
    }

    private static Set<String> fleetVariables(JsonNode object) {
        Set<String> names = new TreeSet<>(variables(container(object)).keySet());
        names.removeIf(name -> !name.startsWith("FLEXIR_"));
        assertThat(names).isNotEmpty();
        return names;
    }

    private static Map<String, String> variables(JsonNode container) {
        Map<String, String> variables = new TreeMap<>();
        container
                .path("env")
                .forEach(
                        variable ->
                                variables.put(
                                        variable.path("name").asText(),
                                        variable.path("value").asText()));
        return variables;
    }

    private static List<Integer> egress(JsonNode policy) {
        Set<Integer> ports = new TreeSet<>();
        policy.at("/spec/egress")
                .forEach(
                        rule ->
                                rule.path("ports")
                                        .forEach(port -> ports.add(port.path("port").asInt())));
        return new ArrayList<>(ports);
    }
}

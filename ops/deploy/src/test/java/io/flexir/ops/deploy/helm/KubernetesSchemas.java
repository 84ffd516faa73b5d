package io.flexir.ops.deploy.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.ops.deploy.Documents;

import java.util.Set;

/** Official schemas of the kinds that the chart makes, unknown fields refused. */
final class KubernetesSchemas {
    private KubernetesSchemas() {}

    /** What stands against an object; of Strimzi's topics only that they say what they are. */
    static Set<String> problems(JsonNode object) {
        String kind = object.path("kind").asText();
        return switch (kind) {
            case "Deployment" -> kubernetes(object, "io.k8s.api.apps.v1.Deployment");
            case "Service" -> kubernetes(object, "io.k8s.api.core.v1.Service");
            case "PodDisruptionBudget" ->
                    kubernetes(object, "io.k8s.api.policy.v1.PodDisruptionBudget");
            case "NetworkPolicy" -> kubernetes(object, "io.k8s.api.networking.v1.NetworkPolicy");
            case "Job" -> kubernetes(object, "io.k8s.api.batch.v1.Job");
            case "ScaledObject" ->
                    Documents.problems(object, Documents.schema("keda-scaledobject-2.21.json"));
            case "KafkaTopic" ->
                    object.at("/metadata/labels").has("strimzi.io/cluster")
                            ? Set.of()
                            : Set.of("a KafkaTopic names its cluster");
            default -> Set.of("no schema for " + kind);
        };
    }

    private static Set<String> kubernetes(JsonNode object, String definition) {
        ObjectNode schema = (ObjectNode) Documents.schema("kubernetes-1.37.json");
        schema.put("$ref", "#/$defs/" + definition);
        return Documents.problems(object, schema);
    }
}

package io.flexir.ops.deploy.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Where in Kubernetes' objects stands what tests ask for. */
final class Manifests {
    private Manifests() {}

    /** The one object of this kind and name. */
    static JsonNode only(List<JsonNode> objects, String kind, String name) {
        List<JsonNode> found =
                objects.stream()
                        .filter(object -> object.path("kind").asText().equals(kind))
                        .filter(object -> object.at("/metadata/name").asText().equals(name))
                        .toList();
        assertThat(found).as(kind + " " + name).hasSize(1);
        return found.getFirst();
    }

    /** Of an object whose pods have one. */
    static JsonNode container(JsonNode object) {
        return object.at("/spec/template/spec/containers/0");
    }

    /** The values of a container's environment, empty where they come from elsewhere. */
    static Map<String, String> variables(JsonNode container) {
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

    /** Every port that a policy lets pods reach. */
    static List<Integer> egress(JsonNode policy) {
        Set<Integer> ports = new TreeSet<>();
        policy.at("/spec/egress")
                .forEach(
                        rule ->
                                rule.path("ports")
                                        .forEach(port -> ports.add(port.path("port").asInt())));
        return new ArrayList<>(ports);
    }

    /** A policy's rule of who may reach this port. */
    static JsonNode ingress(JsonNode policy, String port) {
        for (JsonNode rule : policy.at("/spec/ingress")) {
            if (rule.at("/ports/0/port").asText().equals(port)) {
                return rule;
            }
        }
        throw new AssertionError("no rule about " + port);
    }
}

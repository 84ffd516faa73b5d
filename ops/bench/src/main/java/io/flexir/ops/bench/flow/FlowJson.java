package io.flexir.ops.bench.flow;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A report as one JSON object. */
public final class FlowJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private FlowJson() {}

    /** One line without an end. */
    public static String of(FlowReport report) {
        ObjectNode root = MAPPER.createObjectNode();
        put(root, report.median());
        ArrayNode rounds = root.putArray("rounds");
        report.rounds().forEach(round -> put(rounds.addObject(), round));
        ObjectNode latency = root.putObject("latency");
        latency.put("requests", report.latency().requests());
        latency.put("p50Millis", report.latency().p50Millis());
        latency.put("p90Millis", report.latency().p90Millis());
        latency.put("p99Millis", report.latency().p99Millis());
        latency.put("maxMillis", report.latency().maxMillis());
        return root.toString();
    }

    private static void put(ObjectNode node, Round round) {
        node.put("ordersPerSecond", round.ordersPerSecond());
        node.put("recordsPerOrder", round.recordsPerOrder());
        node.put("barePerSecond", round.barePerSecond());
        node.put("ratio", round.ratio());
        node.put("requestBytes", round.requestBytes());
        node.put("orderBytes", round.orderBytes());
    }
}

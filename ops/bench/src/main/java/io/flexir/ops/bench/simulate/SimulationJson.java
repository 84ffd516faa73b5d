package io.flexir.ops.bench.simulate;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.List;

/** Results as one JSON object. */
public final class SimulationJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private SimulationJson() {}

    /**
     * @param hourCost what an hour of a worker costs
     */
    public static String of(List<PolicyResult> results, double hourCost) {
        ObjectNode root = MAPPER.createObjectNode();
        ArrayNode policies = root.putArray("policies");
        for (PolicyResult result : results) {
            ObjectNode policy = policies.addObject();
            policy.put("name", result.name());
            policy.put("attainment", result.attainment());
            policy.put("meanPsnr", result.meanPsnr());
            policy.put("p5Psnr", result.p5Psnr());
            policy.put("workerSeconds", result.workerSeconds());
            policy.put("cost", result.cost(hourCost));
            policy.put("utilization", result.utilization());
            if (!Double.isNaN(result.p99Seconds())) {
                policy.put("p99Seconds", result.p99Seconds());
                policy.put("meanPointer", result.meanPointer());
            }
        }
        return root.toString();
    }
}

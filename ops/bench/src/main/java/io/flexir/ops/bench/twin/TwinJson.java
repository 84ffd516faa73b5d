package io.flexir.ops.bench.twin;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.ops.bench.simulate.PolicyResult;

import java.util.List;

/** Comparisons as one JSON object. */
public final class TwinJson {
    private static final JsonMapper MAPPER = new JsonMapper();

    private TwinJson() {}

    public static String of(List<Comparison> comparisons) {
        ObjectNode root = MAPPER.createObjectNode();
        for (Comparison compared : comparisons) {
            Calibration measured = compared.calibration();
            ObjectNode policy = root.withArray("policies").addObject();
            policy.put("name", compared.policy());
            policy.put("gigaMacsPerSecond", measured.service().gigaMacsPerSecond());
            policy.put("overheadSeconds", measured.service().overheadSeconds());
            policy.put("reportSeconds", measured.reportSeconds());
            policy.put("spread", measured.spread());
            policy.put("pace", compared.pace());
            policy.put("load", compared.load());
            policy.set("foretold", side(compared.foretold()));
            policy.set("predicted", side(compared.predicted()));
            policy.set("replayed", side(compared.replayed()));
            policy.set("observed", side(compared.observed()));
        }
        return root.toString();
    }

    private static ObjectNode side(PolicyResult result) {
        ObjectNode side = MAPPER.createObjectNode();
        side.put("attainment", result.attainment());
        side.put("meanPsnr", result.meanPsnr());
        side.put("p5Psnr", result.p5Psnr());
        side.put("p99Seconds", result.p99Seconds());
        side.put("meanPointer", result.meanPointer());
        return side;
    }
}

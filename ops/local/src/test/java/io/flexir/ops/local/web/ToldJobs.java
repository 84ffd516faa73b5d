package io.flexir.ops.local.web;

import com.fasterxml.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;

/**
 * Restored jobs as the API tells them, added up.
 *
 * @param all each with its regions
 */
record ToldJobs(List<JsonNode> all) {
    ToldJobs {
        all = List.copyOf(all);
    }

    static ToldJobs of(Site site) {
        List<JsonNode> jobs = new ArrayList<>();
        site.api("/v1/jobs?state=succeeded")
                .path("jobs")
                .forEach(job -> jobs.add(site.api("/v1/jobs/" + job.path("id").asText())));
        return new ToldJobs(jobs);
    }

    double sum(String field) {
        return all.stream().mapToDouble(job -> job.at(field).asDouble()).sum();
    }

    /** That workers were at them. */
    double seconds() {
        return all.stream().mapToDouble(job -> seconds(job.path("receipt"))).sum();
    }

    static double seconds(JsonNode receipt) {
        double total = 0;
        for (JsonNode phase : receipt.path("seconds")) {
            total += phase.asDouble();
        }
        return total;
    }

    /** Mean over the images of what calibration gives the pointers of their areas, in dB. */
    double expectedPsnr(JsonNode model) {
        return all.stream().mapToDouble(job -> expectedPsnr(job, model)).average().orElseThrow();
    }

    private static double expectedPsnr(JsonNode job, JsonNode model) {
        double worth = 0;
        double pixels = 0;
        for (JsonNode region : job.at("/receipt/regions")) {
            double area = region.path("width").asDouble() * region.path("height").asDouble();
            JsonNode at = model.path("pointers").get(region.path("pointer").asInt() - 1);
            worth += area * at.path("psnr").asDouble();
            pixels += area;
        }
        return worth / pixels;
    }
}

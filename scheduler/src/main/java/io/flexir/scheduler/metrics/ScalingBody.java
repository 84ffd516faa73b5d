package io.flexir.scheduler.metrics;

import io.flexir.scheduler.load.WorkAhead;
import io.flexir.scheduler.scale.ScalingReport;
import io.vertx.core.json.JsonObject;

/**
 * A report as autoscalers read it: KEDA's metrics-api scaler finds its number at {@code
 * pools.<pool>.desiredWorkers}.
 */
final class ScalingBody {
    private ScalingBody() {}

    static JsonObject of(ScalingReport report) {
        JsonObject pools = new JsonObject();
        report.pools().forEach((name, pool) -> pools.put(name, of(pool)));
        return new JsonObject()
                .put("at", report.at().toString())
                .put("pools", pools)
                .put("work", of(report.work()));
    }

    private static JsonObject of(ScalingReport.Pool pool) {
        return new JsonObject()
                .put("desiredWorkers", pool.desiredWorkers())
                .put("readyWorkers", pool.readyWorkers())
                .put("neededAtFloor", pool.need().atFloor())
                .put("neededAtFullDepth", pool.need().atFullDepth());
    }

    private static JsonObject of(WorkAhead work) {
        return new JsonObject()
                .put("queuedJobs", work.queued())
                .put("ordersOut", work.out())
                .put("workerSecondsAtFloor", work.secondsAtFloor())
                .put("workerSecondsAtFullDepth", work.secondsAtFullDepth())
                .put("arrivingAtFloor", work.arrivingAtFloor())
                .put("arrivingAtFullDepth", work.arrivingAtFullDepth());
    }
}

package io.flexir.scheduler.metrics;

import io.flexir.scheduler.load.FleetWatch;
import io.flexir.scheduler.scale.ScalingReport;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;

/** The workers there are, and those there should be. */
final class FleetMetrics {
    private final Gauge desiredWorkers;
    private final Gauge readyWorkers;
    private final Gauge fleetSeconds;
    private final Counter workerChanges;

    FleetMetrics(Collectors collectors) {
        this.desiredWorkers =
                collectors.gauge(
                        "flexir_desired_workers",
                        "Workers that a pool should have: the same number from every scheduler.",
                        "pool");
        this.readyWorkers =
                collectors.gauge(
                        "flexir_ready_workers", "Workers of a pool that take orders.", "pool");
        this.fleetSeconds =
                collectors.gauge(
                        "flexir_fleet_worker_seconds",
                        "Predicted worker-seconds of the whole fleet's jobs that have not ended, at floor or full depth.",
                        "depth");
        this.workerChanges =
                collectors.counter(
                        "flexir_worker_changes_total",
                        "Workers that joined the fleet or left it, by how that showed.",
                        "change");
    }

    void workerChanged(FleetWatch.Kind kind) {
        workerChanges.labels(Collectors.label(kind)).inc();
    }

    void scaling(ScalingReport report) {
        report.pools()
                .forEach(
                        (name, pool) -> {
                            desiredWorkers.labels(name).set(pool.desiredWorkers());
                            readyWorkers.labels(name).set(pool.readyWorkers());
                        });
        fleetSeconds.labels("floor").set(report.work().secondsAtFloor());
        fleetSeconds.labels("full").set(report.work().secondsAtFullDepth());
    }
}

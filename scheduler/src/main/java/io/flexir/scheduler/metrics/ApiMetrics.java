package io.flexir.scheduler.metrics;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

import java.time.Duration;

/** Requests over HTTP, and the view that answers them. */
final class ApiMetrics {
    private final Counter requests;
    private final Histogram requestSeconds;
    private final Counter refused;
    private final Gauge streams;
    private final Gauge viewWaiting;
    private final Gauge viewFinished;
    private final Counter viewEvicted;
    private final Gauge viewLag;

    ApiMetrics(Collectors collectors) {
        this.requests =
                collectors.counter(
                        "flexir_http_requests_total",
                        "Answered HTTP requests.",
                        "operation",
                        "status");
        this.requestSeconds =
                collectors.histogram(
                        "flexir_http_request_seconds",
                        "Time to answer, streams of events left out.",
                        "operation");
        this.refused =
                collectors.counter(
                        "flexir_http_refused_total",
                        "Requests refused because something was full.",
                        "what");
        beginAtZero(refused);
        this.streams = collectors.gauge("flexir_event_streams", "Open streams of events.");
        this.viewWaiting =
                collectors.gauge(
                        "flexir_view_waiting_jobs", "Jobs of the whole fleet that have not ended.");
        this.viewFinished =
                collectors.gauge(
                        "flexir_view_finished_jobs", "Ended jobs that the read view still holds.");
        this.viewEvicted =
                collectors.counter(
                        "flexir_view_evicted_total", "Ended jobs dropped from the read view.");
        this.viewLag =
                collectors.gauge(
                        "flexir_view_lag_records", "Records that the read view has yet to read.");
    }

    private static void beginAtZero(Counter refusals) {
        for (SchedulerMetrics.Bound bound : SchedulerMetrics.Bound.values()) {
            refusals.labels(Collectors.label(bound));
        }
    }

    void requestAnswered(String operation, int status, Duration took) {
        requests.labels(operation, Integer.toString(status)).inc();
        requestSeconds.labels(operation).observe(Collectors.seconds(took));
    }

    void requestAnswered(String operation, int status) {
        requests.labels(operation, Integer.toString(status)).inc();
    }

    void streamOpened() {
        streams.inc();
    }

    void streamClosed() {
        streams.dec();
    }

    void refused(SchedulerMetrics.Bound what) {
        refused.labels(Collectors.label(what)).inc();
    }

    void viewHolds(int waiting, int finished) {
        viewWaiting.set(waiting);
        viewFinished.set(finished);
    }

    void viewEvicted(int jobs) {
        viewEvicted.inc(jobs);
    }

    void viewLag(long records) {
        viewLag.set((double) records);
    }
}

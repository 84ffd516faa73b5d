package io.flexir.scheduler.metrics;

import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** Those who are told of their jobs' ends. */
final class WebhookMetrics {
    private static final int HUNDRED = 100;

    private final Counter tried;
    private final Histogram seconds;
    private final Counter ended;
    private final Gauge pending;

    WebhookMetrics(Collectors collectors) {
        this.tried =
                collectors.counter(
                        "flexir_webhook_attempts_total",
                        "Webhook messages sent, by the class of the answer, or none.",
                        "answer");
        this.seconds =
                collectors.histogram(
                        "flexir_webhook_attempt_seconds",
                        "Time until a webhook's receiver answered, or did not.");
        this.ended =
                collectors.counter(
                        "flexir_webhook_deliveries_total",
                        "Webhook deliveries that ended: delivered, failed, or dropped for their tenant's bound.",
                        "outcome");
        this.pending =
                collectors.gauge(
                        "flexir_webhooks_pending", "Webhook deliveries of the fleet to be made.");
        beginAtZero(tried, ended);
    }

    private static void beginAtZero(Counter attempts, Counter deliveries) {
        for (String answer : List.of("none", "2xx", "3xx", "4xx", "5xx")) {
            attempts.labels(answer);
        }
        for (String outcome : List.of("delivered", "failed", "dropped")) {
            deliveries.labels(outcome);
        }
    }

    void tried(@Nullable Integer status, double took) {
        tried.labels(status == null ? "none" : status / HUNDRED + "xx").inc();
        seconds.observe(took);
    }

    void ended(String outcome) {
        ended.labels(outcome).inc();
    }

    void pending(int deliveries) {
        pending.set(deliveries);
    }
}

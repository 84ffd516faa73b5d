package io.flexir.scheduler.metrics;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;

import java.time.Duration;
import java.util.Locale;

/** Registers metrics, and writes labels and seconds as all of them do. */
final class Collectors {
    private static final double[] SECONDS = {
        .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300
    };

    private final CollectorRegistry registry;

    Collectors(CollectorRegistry registry) {
        this.registry = registry;
    }

    Counter counter(String name, String help, String... labels) {
        return Counter.build(name, help).labelNames(labels).register(registry);
    }

    Gauge gauge(String name, String help, String... labels) {
        return Gauge.build(name, help).labelNames(labels).register(registry);
    }

    Histogram histogram(String name, String help, String... labels) {
        return Histogram.build(name, help).labelNames(labels).buckets(SECONDS).register(registry);
    }

    static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static double seconds(Duration duration) {
        // Not by way of nanoseconds in a long: a deadline may lie thousands of years off.
        return Math.max(0, duration.getSeconds() + duration.getNano() / 1e9);
    }
}

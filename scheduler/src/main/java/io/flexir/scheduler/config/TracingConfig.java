package io.flexir.scheduler.config;

import io.flexir.scheduler.tracing.Tracing;

import java.util.Map;

/**
 * Whether what is done is traced.
 *
 * @param settings of OpenTelemetry's SDK that go before its variables, by the names of its
 *     properties
 */
public record TracingConfig(boolean on, Map<String, String> settings) {
    public static final TracingConfig OFF = new TracingConfig(false, Map.of());

    /** Over OTLP, to where OpenTelemetry's variables say. */
    public static final TracingConfig OTLP = new TracingConfig(true, Map.of());

    private static final String SERVICE = "flexir-scheduler";

    public TracingConfig {
        settings = Map.copyOf(settings);
    }

    /**
     * Reads {@code off} or {@code otlp}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static TracingConfig parse(String text) {
        return switch (text) {
            case "off" -> OFF;
            case "otlp" -> OTLP;
            default -> throw new IllegalArgumentException("traces must be off or otlp, is " + text);
        };
    }

    /**
     * @param instance names this scheduler
     * @throws IllegalArgumentException when the variables hold what cannot be
     */
    public Tracing start(String instance) {
        return on ? Tracing.start(SERVICE, instance, settings) : Tracing.OFF;
    }
}

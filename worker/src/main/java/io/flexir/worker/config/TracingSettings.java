package io.flexir.worker.config;

import io.flexir.worker.tracing.Tracing;

import java.util.Map;

/**
 * Whether the work is traced.
 *
 * @param settings of OpenTelemetry's SDK that go before its variables, by the names of its
 *     properties
 */
public record TracingSettings(boolean on, Map<String, String> settings) {
    public static final TracingSettings OFF = new TracingSettings(false, Map.of());

    /** Over OTLP, to where OpenTelemetry's variables say. */
    public static final TracingSettings OTLP = new TracingSettings(true, Map.of());

    private static final String SERVICE = "flexir-worker";

    public TracingSettings {
        settings = Map.copyOf(settings);
    }

    /**
     * Reads {@code off} or {@code otlp}.
     *
     * @throws IllegalArgumentException for anything else
     */
    public static TracingSettings parse(String text) {
        return switch (text) {
            case "off" -> OFF;
            case "otlp" -> OTLP;
            default -> throw new IllegalArgumentException("traces must be off or otlp, is " + text);
        };
    }

    /**
     * @throws IllegalArgumentException when the variables hold what cannot be
     */
    public Tracing start(String workerId) {
        return on ? Tracing.start(SERVICE, workerId, settings) : Tracing.OFF;
    }
}

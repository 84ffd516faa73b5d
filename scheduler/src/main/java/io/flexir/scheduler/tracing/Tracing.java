package io.flexir.scheduler.tracing;

import io.flexir.contracts.request.TraceParent;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * Where this process's spans go: nowhere, or out as OpenTelemetry's variables say. Nothing is
 * global, so that a scheduler and workers may share a process. Thread-safe.
 */
public final class Tracing implements AutoCloseable {
    /** No spans, no headers, no identifiers: what it costs is a look at a field. */
    public static final Tracing OFF = new Tracing(OpenTelemetry.noop(), null);

    private static final String SCOPE = "io.flexir.scheduler";

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final @Nullable OpenTelemetrySdk sdk;

    private Tracing(OpenTelemetry telemetry, @Nullable OpenTelemetrySdk sdk) {
        this.tracer = telemetry.getTracer(SCOPE);
        this.propagator = telemetry.getPropagators().getTextMapPropagator();
        this.sdk = sdk;
    }

    /**
     * Starts to export spans over OTLP, by default with HTTP to this machine; the standard {@code
     * OTEL_*} variables say otherwise.
     *
     * @param service {@code service.name}, where no variable says another
     * @param instance {@code service.instance.id}, likewise
     * @param settings go before all variables; keys are the SDK's properties, such as {@code
     *     otel.exporter.otlp.endpoint}
     * @throws IllegalArgumentException when a variable holds what cannot be
     */
    public static Tracing start(String service, String instance, Map<String, String> settings) {
        Map<String, String> usual =
                Map.of(
                        "otel.service.name",
                        service,
                        "otel.resource.attributes",
                        "service.namespace=flexir,service.instance.id=" + instance,
                        "otel.traces.exporter",
                        "otlp",
                        "otel.exporter.otlp.protocol",
                        "http/protobuf");
        Map<String, String> fixed = new HashMap<>(settings);
        // Prometheus reads the metrics, and the log is the operator's.
        fixed.put("otel.metrics.exporter", "none");
        fixed.put("otel.logs.exporter", "none");
        try {
            OpenTelemetrySdk sdk =
                    AutoConfiguredOpenTelemetrySdk.builder()
                            .disableShutdownHook()
                            .addPropertiesSupplier(() -> usual)
                            .addPropertiesCustomizer(given -> fixed)
                            .build()
                            .getOpenTelemetrySdk();
            return new Tracing(sdk, sdk);
        } catch (ConfigurationException | IllegalStateException wrong) {
            throw new IllegalArgumentException(
                    "traces cannot be exported as the OTEL_ variables say: " + wrong.getMessage(),
                    wrong);
        }
    }

    public boolean isOn() {
        return sdk != null;
    }

    /** Makes spans. */
    public Tracer tracer() {
        return tracer;
    }

    /** Carries them from process to process. */
    public TextMapPropagator propagator() {
        return propagator;
    }

    /** The span that this thread is in, for what is to come under it later. */
    public static @Nullable TraceParent current() {
        return TraceParents.of(Span.current().getSpanContext());
    }

    /** What is not exported yet is, within seconds; spans that begin after that go nowhere. */
    @Override
    public void close() {
        if (sdk != null) {
            sdk.close();
        }
    }
}

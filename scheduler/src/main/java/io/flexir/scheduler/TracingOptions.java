package io.flexir.scheduler;

import io.flexir.scheduler.config.TracingConfig;

import picocli.CommandLine.Option;

/** Whether what is done is traced. */
final class TracingOptions {
    @Option(
            names = "--traces",
            paramLabel = "off|otlp",
            defaultValue = "${env:FLEXIR_TRACES:-off}",
            description =
                    "otlp sends a trace of each request and job to OpenTelemetry's collector at http://localhost:4318, or to"
                            + " where the standard OTEL_ variables say (default: ${DEFAULT-VALUE}).")
    private String traces;

    TracingConfig toConfig() {
        return TracingConfig.parse(traces);
    }
}

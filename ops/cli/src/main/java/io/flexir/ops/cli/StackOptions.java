package io.flexir.ops.cli;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.stack.LocalStack;
import io.flexir.ops.local.stack.StackSettings;
import io.flexir.ops.local.stack.Workforce;
import io.flexir.scheduler.config.TracingConfig;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

import java.nio.file.Path;

/** What the embedded stack is made of. */
final class StackOptions {

    @Option(
            names = "--workers",
            paramLabel = "N|MIN..MAX",
            converter = WorkforceConverter.class,
            defaultValue = "${env:FLEXIR_WORKERS:-2}",
            description = {
                "Workers in this process, or a range of worker processes of which as many run as the scheduler wants;",
                "FLEXIR_WORKERS (default: ${DEFAULT-VALUE})."
            })
    private Workforce workers;

    @Option(
            names = "--schedulers",
            paramLabel = "N",
            converter = SchedulersConverter.class,
            defaultValue = "${env:FLEXIR_SCHEDULERS:-1}",
            description = {
                "Schedulers that share the jobs, the first in this process, the others in processes of their own;",
                "FLEXIR_SCHEDULERS (default: ${DEFAULT-VALUE})."
            })
    private int schedulers;

    @Option(
            names = "--bundles",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_BUNDLES:-${sys:flexir.home:-.}/ops/models}",
            description =
                    "Holds the trained models, one directory each; FLEXIR_BUNDLES (default: ${DEFAULT-VALUE}).")
    private Path bundles;

    @Option(
            names = "--traces",
            paramLabel = "off|otlp",
            converter = TracesConverter.class,
            defaultValue = "${env:FLEXIR_TRACES:-off}",
            description = {
                "otlp sends a trace of each job to OpenTelemetry's collector at http://localhost:4318, or to where the standard",
                "OTEL_ variables say; FLEXIR_TRACES (default: ${DEFAULT-VALUE})."
            })
    private TracingConfig traces;

    /** The workers as people read them. */
    String workers() {
        return WorkforceConverter.text(workers);
    }

    LocalStack start(DataDirectory directory, Path log, int port, BudgetPolicy policy) {
        return LocalStack.start(
                new StackSettings(
                        directory, log, port, schedulers, workers, bundles, policy, traces.on()));
    }

    private static final class SchedulersConverter implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            if (!text.matches("[1-" + StackSettings.MAX_SCHEDULERS + "]")) {
                throw new TypeConversionException("must be 1 to " + StackSettings.MAX_SCHEDULERS);
            }
            return Integer.valueOf(text);
        }
    }

    private static final class TracesConverter implements ITypeConverter<TracingConfig> {
        @Override
        public TracingConfig convert(String text) {
            try {
                return TracingConfig.parse(text);
            } catch (IllegalArgumentException wrong) {
                throw new TypeConversionException(wrong.getMessage());
            }
        }
    }
}

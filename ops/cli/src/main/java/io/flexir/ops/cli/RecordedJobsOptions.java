package io.flexir.ops.cli;

import io.flexir.ops.bench.simulate.RecordedJobs;
import io.flexir.ops.bench.simulate.SimulatedJob;
import io.flexir.ops.local.audit.CommittedRecords;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.worker.OptionFiles;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Which of the jobs that a running fleet was asked for are played again. */
final class RecordedJobsOptions {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:FLEXIR_KAFKA:-127.0.0.1:9092}",
            description =
                    "For recorded-topic: the broker, or several separated by commas; FLEXIR_KAFKA (default: ${DEFAULT-VALUE}).")
    private String kafka;

    @Option(
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            description =
                    "A property for its client, such as security.protocol=SSL; may be given several times.")
    private Map<String, String> kafkaProperties = Map.of();

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_KAFKA_CONFIG}",
            description =
                    "File of such properties, a line each: the place for passwords; FLEXIR_KAFKA_CONFIG.")
    private @Nullable Path kafkaConfig;

    @Option(
            names = "--from",
            paramLabel = "INSTANT",
            description =
                    "For recorded-topic: requests from then on, such as 2026-11-25T10:00:00Z (default: all that the broker still has).")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "And until then (default: now).")
    private @Nullable Instant to;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /**
     * Reads them from the broker.
     *
     * @param most jobs at most
     */
    List<SimulatedJob> jobs(BundleCatalog catalog, int most) {
        Instant end = to == null ? Instant.now() : to;
        return new RecordedJobs(topics(), catalog, most)
                .between(from == null ? Instant.EPOCH : from, end);
    }

    private CommittedRecords topics() {
        try {
            return new CommittedRecords(
                    kafka, OptionFiles.properties("--kafka-config", kafkaConfig, kafkaProperties));
        } catch (IllegalArgumentException unreadable) {
            throw new ParameterException(
                    spec.commandLine(), String.valueOf(unreadable.getMessage()), unreadable);
        }
    }
}

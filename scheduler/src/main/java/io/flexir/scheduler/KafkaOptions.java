package io.flexir.scheduler;

import io.flexir.scheduler.config.InvalidConfigException;
import io.flexir.scheduler.config.KafkaConfig;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** The broker, and how the topology runs on it. */
final class KafkaOptions {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:FLEXIR_KAFKA:-127.0.0.1:9092}",
            description = "The broker, or several separated by commas (default: ${DEFAULT-VALUE}).")
    private String kafka;

    @Option(
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            split = "\\|",
            defaultValue = "${env:FLEXIR_KAFKA_PROPERTIES}",
            description =
                    "A property for every Kafka client, such as security.protocol=SSL; in the variable, several"
                            + " are separated by |.")
    private @Nullable Map<String, String> properties;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_KAFKA_CONFIG}",
            description =
                    "File of such properties, a line each (as Kafka's own tools take with --command-config): the place for"
                            + " passwords. What is given one by one goes before.")
    private @Nullable Path config;

    @Option(
            names = "--kafka-route",
            paramLabel = "TOPIC=TENANT",
            split = ",",
            defaultValue = "${env:FLEXIR_KAFKA_ROUTES}",
            description =
                    "A topic that a tenant may write its requests to; in the variable, several are separated by commas."
                            + " Nobody comes by Kafka when left out.")
    private @Nullable Map<String, String> routes;

    @Option(
            names = "--application-id",
            defaultValue = "${env:FLEXIR_APPLICATION_ID:-flexir-scheduler}",
            description =
                    "Names the schedulers of one fleet, the same for all of them (default: ${DEFAULT-VALUE}).")
    private String applicationId;

    @Option(
            names = "--instance-id",
            defaultValue = "${env:FLEXIR_INSTANCE_ID}",
            description =
                    "Names this scheduler over its restarts, so that a quick one moves no jobs; none when left out.")
    private @Nullable String instanceId;

    @Option(
            names = "--stream-threads",
            defaultValue = "${env:FLEXIR_STREAM_THREADS:-1}",
            description =
                    "Threads that work on jobs, at most one a partition is of use (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(
            names = "--state-directory",
            paramLabel = "DIR",
            defaultValue = "${env:FLEXIR_STATE_DIRECTORY}",
            description = "Of this process alone; a temporary one when left out.")
    private @Nullable Path stateDirectory;

    @Option(
            names = "--commit-interval-millis",
            defaultValue = "${env:FLEXIR_COMMIT_INTERVAL_MILLIS:-100}",
            description =
                    "At most so long after a record was read its transaction is committed, in milliseconds;"
                            + " orders commit at once (default: ${DEFAULT-VALUE}).")
    private long commitIntervalMillis;

    @Option(
            names = "--session-timeout-millis",
            defaultValue = "${env:FLEXIR_SESSION_TIMEOUT_MILLIS:-6000}",
            description =
                    "A scheduler that was not heard of for so long loses its jobs to others, in milliseconds; the"
                            + " broker sets the least (default: ${DEFAULT-VALUE}).")
    private long sessionTimeoutMillis;

    @Option(
            names = "--transaction-timeout-millis",
            defaultValue = "${env:FLEXIR_TRANSACTION_TIMEOUT_MILLIS:-10000}",
            description =
                    "The transaction of a scheduler that died blocks readers so long at most, in milliseconds"
                            + " (default: ${DEFAULT-VALUE}).")
    private long transactionTimeoutMillis;

    private Map<String, String> properties() {
        Map<String, String> all = new HashMap<>();
        if (config != null) {
            try (Reader file = Files.newBufferedReader(config)) {
                Properties read = new Properties();
                read.load(file);
                read.stringPropertyNames().forEach(name -> all.put(name, read.getProperty(name)));
            } catch (IOException | IllegalArgumentException unreadable) {
                throw new InvalidConfigException(
                        List.of("--kafka-config " + config + " cannot be read"));
            }
        }
        if (properties != null) {
            all.putAll(properties);
        }
        return all;
    }

    KafkaConfig toConfig() {
        return new KafkaConfig(
                kafka,
                properties(),
                routes == null ? Map.of() : routes,
                applicationId,
                instanceId,
                threads,
                stateDirectory,
                Duration.ofMillis(commitIntervalMillis),
                Duration.ofMillis(sessionTimeoutMillis),
                Duration.ofMillis(transactionTimeoutMillis));
    }
}

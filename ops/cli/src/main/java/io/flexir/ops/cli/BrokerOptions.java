package io.flexir.ops.cli;

import io.flexir.ops.local.CannotStart;
import io.flexir.worker.OptionFiles;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** Which cluster is asked, and how. */
final class BrokerOptions {
    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            defaultValue = "${env:FLEXIR_KAFKA:-127.0.0.1:9092}",
            description =
                    "The broker, or several separated by commas; FLEXIR_KAFKA (default: ${DEFAULT-VALUE}).")
    private String kafka;

    @Option(
            names = "--kafka-property",
            paramLabel = "NAME=VALUE",
            defaultValue = "${env:FLEXIR_KAFKA_PROPERTIES}",
            split = "\\|",
            description =
                    "A property for the client, such as security.protocol=SSL; may be given several times; FLEXIR_KAFKA_PROPERTIES"
                            + " (several separated by |).")
    private @Nullable Map<String, String> properties;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            defaultValue = "${env:FLEXIR_KAFKA_CONFIG}",
            description =
                    "File of such properties, a line each: the place for passwords; FLEXIR_KAFKA_CONFIG.")
    private @Nullable Path config;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** Asks it. */
    <T> T ask(Function<Admin, T> question) {
        try (Admin admin = Admin.create(settings())) {
            return question.apply(admin);
        } catch (KafkaException unanswered) {
            throw new CannotStart(
                    "the broker at "
                            + kafka
                            + ": "
                            + unanswered.getMessage()
                            + ". Is it there, and does it ask for TLS or a password (--kafka-config)?",
                    unanswered);
        }
    }

    private Map<String, Object> settings() {
        try {
            Map<String, Object> all =
                    new HashMap<>(OptionFiles.properties("--kafka-config", config, properties));
            all.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka);
            return all;
        } catch (IllegalArgumentException unreadable) {
            throw new ParameterException(
                    spec.commandLine(), String.valueOf(unreadable.getMessage()), unreadable);
        }
    }
}

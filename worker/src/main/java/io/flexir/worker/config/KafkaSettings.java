package io.flexir.worker.config;

import java.util.Map;
import java.util.stream.Collectors;

/**
 * How to reach the broker.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param clientProperties given to every Kafka client as they are, such as {@code
 *     security.protocol}; printed without their values, because some are secrets
 */
public record KafkaSettings(String bootstrapServers, Map<String, String> clientProperties) {
    public KafkaSettings {
        Check.text("bootstrapServers", bootstrapServers);
        clientProperties = Map.copyOf(clientProperties);
    }

    /** A broker that asks for no credentials. */
    public static KafkaSettings plain(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, Map.of());
    }

    @Override
    public String toString() {
        String names =
                clientProperties.keySet().stream().sorted().collect(Collectors.joining(", "));
        return "KafkaSettings[bootstrapServers="
                + bootstrapServers
                + ", clientProperties=["
                + names
                + "]]";
    }
}

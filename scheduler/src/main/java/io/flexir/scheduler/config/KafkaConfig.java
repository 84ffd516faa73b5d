package io.flexir.scheduler.config;

import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.access.Routes;
import io.flexir.scheduler.jobs.StreamsSettings;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The broker, and how the topology runs on it.
 *
 * @param bootstrapServers {@code host:port}, several separated by commas
 * @param properties for every Kafka client, such as {@code security.protocol}; may hold secrets
 * @param routes topics that tenants may write requests to, and whose each is
 * @param applicationId names the schedulers of one fleet; the same for all of them
 * @param instanceId makes this scheduler a static member of the group; none makes it a dynamic one
 * @param threads that work on partitions
 * @param stateDirectory of this process alone; none makes a temporary one
 * @param commitInterval at most so long after a record was read is its transaction committed
 * @param sessionTimeout a scheduler that was not heard of for so long loses its partitions
 * @param transactionTimeout the transaction of a scheduler that died blocks readers so long at most
 */
public record KafkaConfig(
        String bootstrapServers,
        Map<String, String> properties,
        Map<String, String> routes,
        String applicationId,
        @Nullable String instanceId,
        int threads,
        @Nullable Path stateDirectory,
        Duration commitInterval,
        Duration sessionTimeout,
        Duration transactionTimeout) {
    private static final String OWN_TOPICS = "flexir.";

    public KafkaConfig {
        properties = Map.copyOf(properties);
        routes = Map.copyOf(routes);
    }

    /** One thread, and what brokers allow by default. */
    public static KafkaConfig withDefaults(String bootstrapServers) {
        return new KafkaConfig(
                bootstrapServers,
                Map.of(),
                Map.of(),
                "flexir-scheduler",
                null,
                1,
                null,
                Duration.ofMillis(100),
                Duration.ofSeconds(6),
                Duration.ofSeconds(10));
    }

    /** A scheduler that died is noticed so fast; the broker must allow it. */
    public KafkaConfig withSessionTimeout(Duration timeout) {
        return new KafkaConfig(
                bootstrapServers,
                properties,
                routes,
                applicationId,
                instanceId,
                threads,
                stateDirectory,
                commitInterval,
                timeout,
                transactionTimeout);
    }

    /** What every Kafka client is told. */
    public Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>(properties);
        client.put("bootstrap.servers", bootstrapServers);
        return client;
    }

    /** Who comes by Kafka, and where. */
    public Routes access() {
        Map<String, TenantId> tenants = new HashMap<>();
        routes.forEach((topic, tenant) -> tenants.put(topic, new TenantId(tenant)));
        return new Routes(applicationId + "-routes", tenants);
    }

    /** The same for the topology. */
    public StreamsSettings streams() {
        return new StreamsSettings(
                client(),
                applicationId,
                instanceId,
                threads,
                stateDirectory,
                commitInterval,
                sessionTimeout,
                transactionTimeout);
    }

    void check(Problems problems) {
        problems.unless(!bootstrapServers.isBlank(), "the broker's address is missing");
        problems.named("the application id", applicationId);
        routes.forEach(
                (topic, tenant) -> {
                    problems.named("the tenant of topic " + topic, tenant);
                    problems.unless(
                            !topic.startsWith(OWN_TOPICS),
                            "the topic "
                                    + topic
                                    + " is the fleet's own: a tenant must have another one");
                });
        if (instanceId != null) {
            problems.named("the instance id", instanceId);
        }
        problems.between("threads", threads, 1, 64);
        problems.between(
                "the commit interval", commitInterval, Duration.ofMillis(1), Duration.ofSeconds(5));
        problems.between(
                "the session timeout",
                sessionTimeout,
                Duration.ofSeconds(1),
                Duration.ofMinutes(5));
        problems.between(
                "the transaction timeout",
                transactionTimeout,
                commitInterval.multipliedBy(2),
                Duration.ofMinutes(15));
    }

    /** Client properties are left out: they may hold secrets. */
    @Override
    public String toString() {
        return "KafkaConfig[bootstrapServers=" + bootstrapServers + "]";
    }
}

package io.flexir.worker.kafka;

import io.flexir.worker.config.KafkaSettings;

import org.apache.kafka.clients.CommonClientConfigs;

import java.util.HashMap;
import java.util.Map;

/** Properties that every client of this worker shares. */
public final class ClientProperties {
    private ClientProperties() {}

    /**
     * A new map for one client to add its own to; what the operator gives goes first and may be
     * overridden.
     */
    public static Map<String, Object> of(KafkaSettings settings, String clientId) {
        Map<String, Object> properties = new HashMap<>(settings.clientProperties());
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        // A broker that comes back should be found at once: the default of a second would outlast
        // short outages.
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return properties;
    }
}

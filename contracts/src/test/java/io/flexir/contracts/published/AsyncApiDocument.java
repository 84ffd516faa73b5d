package io.flexir.contracts.published;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;

import io.flexir.contracts.wire.CloudEvent;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.TopicDefinition;
import io.flexir.contracts.wire.Topics;

import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * The topics as an AsyncAPI 3.0 document, derived from {@link TopicDefinition} and {@link
 * MessageType}.
 */
final class AsyncApiDocument {
    private static final ObjectMapper YAML =
            new ObjectMapper(
                    new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER));

    private final ObjectNode root = YAML.createObjectNode();

    static String yaml() throws JsonProcessingException {
        AsyncApiDocument document = new AsyncApiDocument();
        document.addInfo();
        TopicDefinition.of(List.of("{pool}")).forEach(document::addTopic);
        MessageType.ALL.forEach(document::addMessage);
        return YAML.writeValueAsString(document.root);
    }

    private void addInfo() {
        root.put("asyncapi", "3.0.0");
        root.putObject("info")
                .put("title", "FlexIR fleet")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "Requests, work orders, reports, outcomes and the fleet's own state. JSON in CloudEvents binary mode; "
                                + "readers ignore unknown fields and refuse unknown versions.");
        root.put("defaultContentType", "application/json");
    }

    private void addTopic(TopicDefinition topic) {
        String id = idOf(topic.message());
        ObjectNode channel = root.withObject("/channels").putObject(id);
        channel.put("address", topic.name());
        channel.putObject("messages").putObject(id).put("$ref", "#/components/messages/" + id);
        channel.put("description", "Keyed by: " + topic.key() + ".");
        if (topic.name().equals(Topics.work("{pool}"))) {
            channel.putObject("parameters")
                    .putObject("pool")
                    .put(
                            "description",
                            "A set of like workers, such as cpu or cuda; read by the share group flexir-<pool>.");
        }
        ObjectNode configuration =
                channel.putObject("bindings").putObject("kafka").putObject("topicConfiguration");
        ArrayNode cleanup = configuration.putArray("cleanup.policy");
        List.of(topic.cleanup().policy().split(",")).forEach(cleanup::add);
        configuration.put(
                topic.cleanup() == TopicDefinition.Cleanup.DELETE
                        ? "retention.ms"
                        : "delete.retention.ms",
                topic.retention().toMillis());
        ObjectNode operation = root.withObject("/operations").putObject("publish" + id);
        operation.put("action", "send");
        operation.putObject("channel").put("$ref", "#/channels/" + id);
    }

    private void addMessage(MessageType<?> type) {
        String id = idOf(type);
        ObjectNode message = root.withObject("/components/messages").putObject(id);
        message.put("name", type.eventType());
        message.put("contentType", "application/json");
        ObjectNode headers = message.putObject("headers").put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        CloudEvent.headers(type, "id", "/flexir", Instant.EPOCH)
                .keySet()
                .forEach(name -> properties.putObject(name).put("type", "string"));
        ((ObjectNode) properties.get(CloudEvent.TYPE_HEADER)).put("const", type.eventType());
        headers.putArray("required").add(CloudEvent.TYPE_HEADER);
        ObjectNode payload = message.putObject("payload");
        payload.put("schemaFormat", "application/schema+json;version=draft-2020-12");
        payload.putObject("schema").put("$ref", "schemas/" + SchemaFiles.nameOf(type));
    }

    private static String idOf(MessageType<?> type) {
        StringBuilder id = new StringBuilder();
        for (String word : SchemaFiles.shortName(type).split("-")) {
            id.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        return id.toString();
    }
}

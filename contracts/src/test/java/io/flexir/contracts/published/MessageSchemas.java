package io.flexir.contracts.published;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;

import io.flexir.contracts.check.DefaultsTo;
import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.TraceParent;
import io.flexir.contracts.wire.MessageType;

import org.jspecify.annotations.Nullable;

import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;

/** JSON Schemas (draft 2020-12) of the messages, derived from the records. */
final class MessageSchemas {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private final SchemaGenerator generator = newGenerator();

    ObjectNode of(MessageType<?> type) {
        ObjectNode schema = generator.generateSchema(type.payload());
        schema.put("$id", "urn:" + type.eventType());
        return schema;
    }

    private static SchemaGenerator newGenerator() {
        SchemaGeneratorConfigBuilder builder =
                new SchemaGeneratorConfigBuilder(
                        MAPPER, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON);
        builder.with(
                new JacksonModule(
                        JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                        JacksonOption.ALWAYS_REF_SUBTYPES));
        builder.with(Option.DEFINITIONS_FOR_ALL_OBJECTS);
        builder.forFields()
                .withRequiredCheck(MessageSchemas::isRequired)
                .withDefaultResolver(MessageSchemas::defaultOf);
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider(
                        (type, context) -> {
                            Map<Class<?>, Map<String, String>> plain =
                                    Map.of(
                                            JobId.class,
                                                    Map.of(
                                                            "type",
                                                            "string",
                                                            "pattern",
                                                            "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
                                            TenantId.class,
                                                    Map.of(
                                                            "type",
                                                            "string",
                                                            "pattern",
                                                            "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
                                            BatchId.class,
                                                    Map.of(
                                                            "type",
                                                            "string",
                                                            "pattern",
                                                            "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"),
                                            TraceParent.class,
                                                    Map.of(
                                                            "type",
                                                            "string",
                                                            "pattern",
                                                            "^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$"),
                                            Instant.class,
                                                    Map.of("type", "string", "format", "date-time"),
                                            byte[].class,
                                                    Map.of(
                                                            "type",
                                                            "string",
                                                            "contentEncoding",
                                                            "base64"));
                            Map<String, String> keywords = plain.get(type.getErasedType());
                            if (keywords == null) {
                                return null;
                            }
                            ObjectNode node = MAPPER.createObjectNode();
                            new java.util.TreeMap<>(keywords).forEach(node::put);
                            return new com.github.victools.jsonschema.generator.CustomDefinition(
                                    node, true);
                        });
        return new SchemaGenerator(builder.build());
    }

    private static boolean isRequired(FieldScope field) {
        return field.getRawMember().getAnnotation(DefaultsTo.class) == null
                && !field.getRawMember().getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static @Nullable Object defaultOf(FieldScope field) {
        DefaultsTo defaultsTo = field.getRawMember().getAnnotation(DefaultsTo.class);
        return defaultsTo == null ? null : parse(defaultsTo.value());
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (JsonProcessingException wrong) {
            throw new UncheckedIOException("Not JSON: " + json, wrong);
        }
    }
}

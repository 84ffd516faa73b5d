package io.flexir.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;

import io.flexir.contracts.wire.Decoded;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.wire.MessageType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

class PublishedContractsTest {
    private static final ObjectMapper PRETTY = new ObjectMapper();

    /**
     * Fields that only some states of a message have: an invariant that its schema does not tell.
     */
    private static final Set<String> OF_SOME_STATES = Set.of("outcome", "payload", "nextAttemptAt");

    private final MessageCodec codec = new MessageCodec();
    private final MessageSchemas schemas = new MessageSchemas();

    @ParameterizedTest
    @MethodSource("types")
    void the_schema_of_every_message_is_published(MessageType<?> type) throws IOException {
        String schema =
                PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(schemas.of(type));

        PublishedFiles.assertUpToDate(
                SchemaFiles.PUBLISHED.resolve("schemas").resolve(SchemaFiles.nameOf(type)), schema);
    }

    @Test
    void the_topics_are_published_as_an_asyncapi_document() throws IOException {
        PublishedFiles.assertUpToDate(
                SchemaFiles.PUBLISHED.resolve("asyncapi.yaml"), AsyncApiDocument.yaml());
    }

    @ParameterizedTest
    @MethodSource("sampleNames")
    void a_golden_message_is_written_as_it_always_was(String name) throws IOException {
        Samples.Sample sample = Samples.all().get(name);

        String json = PRETTY.readTree(codec.encode(sample.message())).toPrettyString();

        PublishedFiles.assertUpToDate(SchemaFiles.GOLDEN.resolve(name + ".json"), json);
    }

    @ParameterizedTest
    @MethodSource("sampleNames")
    void a_golden_message_is_read_as_it_always_was(String name) throws IOException {
        Samples.Sample sample = Samples.all().get(name);
        byte[] golden = Files.readAllBytes(SchemaFiles.GOLDEN.resolve(name + ".json"));

        Decoded<?> decoded = codec.decode(sample.type(), sample.type().eventType(), golden);

        assertThat(decoded)
                .isInstanceOfSatisfying(
                        Decoded.Message.class,
                        message ->
                                assertThat(message.value())
                                        .usingRecursiveComparison()
                                        .isEqualTo(sample.message()));
    }

    @ParameterizedTest
    @MethodSource("sampleNames")
    void a_golden_message_fits_its_schema(String name) {
        Samples.Sample sample = Samples.all().get(name);

        assertThat(validator(sample.type()).validate(PRETTY.valueToTree(jsonOf(sample)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sampleNames")
    void each_required_field_is_required_by_schema_and_codec_alike(String name) {
        Samples.Sample sample = Samples.all().get(name);
        JsonSchema validator = validator(sample.type());
        Set<String> disagreeing = new HashSet<>();

        for (String field : fieldsOf(jsonOf(sample))) {
            ObjectNode without = jsonOf(sample);
            without.remove(field);
            boolean schemaAccepts = validator.validate(without).isEmpty();
            boolean codecAccepts =
                    codec.decode(
                                    sample.type(),
                                    sample.type().eventType(),
                                    without.toString().getBytes(UTF_8))
                            instanceof Decoded.Message;
            boolean onlyAnInvariantForbids =
                    schemaAccepts && !codecAccepts && OF_SOME_STATES.contains(field);
            if (schemaAccepts != codecAccepts && !onlyAnInvariantForbids) {
                disagreeing.add(field);
            }
        }

        assertThat(disagreeing).isEmpty();
    }

    private ObjectNode jsonOf(Samples.Sample sample) {
        try {
            return (ObjectNode) PRETTY.readTree(codec.encode(sample.message()));
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<String> fieldsOf(ObjectNode json) {
        return Stream.iterate(json.fieldNames(), names -> names)
                .limit(json.size())
                .map(java.util.Iterator::next)
                .toList();
    }

    private JsonSchema validator(MessageType<?> type) {
        return JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schemas.of(type));
    }

    static List<MessageType<?>> types() {
        return MessageType.ALL;
    }

    static Set<String> sampleNames() {
        return Samples.all().keySet();
    }
}

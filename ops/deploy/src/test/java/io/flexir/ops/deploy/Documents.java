package io.flexir.ops.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;

import org.yaml.snakeyaml.Yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** YAML documents, and JSON schemas that they must follow. */
public final class Documents {
    private static final JsonMapper JSON = new JsonMapper();

    private Documents() {}

    public static JsonNode read(Path file) {
        try {
            return parse(Files.readString(file)).getFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Each document of a text, those left out that are empty. */
    public static List<JsonNode> parse(String text) {
        List<JsonNode> documents = new ArrayList<>();
        for (Object document : new Yaml().loadAll(text)) {
            if (document != null) {
                documents.add(JSON.valueToTree(document));
            }
        }
        return documents;
    }

    /** A schema of the test resources. */
    public static JsonNode schema(String name) {
        try (InputStream file = Documents.class.getResourceAsStream("/schemas/" + name)) {
            return JSON.readTree(Objects.requireNonNull(file, name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands against a document, a sentence each. */
    public static Set<String> problems(JsonNode document, JsonNode schema) {
        JsonSchema validator = JsonSchemaFactory.getInstance(VersionFlag.V202012).getSchema(schema);
        return validator.validate(document).stream()
                .map(ValidationMessage::toString)
                .collect(Collectors.toSet());
    }
}

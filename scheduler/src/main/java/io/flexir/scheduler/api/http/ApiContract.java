package io.flexir.scheduler.api.http;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;

/** {@code openapi.yaml}, as Vert.x can take it. */
public final class ApiContract {
    private static final String RESOURCE = "/openapi.yaml";

    private ApiContract() {}

    /**
     * The contract that drives the router. Its responses lack the media types that Vert.x refuses
     * to know, problem details and event streams: only requests are held to it.
     */
    public static Future<OpenAPIContract> load(Vertx vertx) {
        JsonObject document = document();
        forgetUnsupportedMedia(document);
        return OpenAPIContract.from(vertx, document);
    }

    /** The whole document. */
    public static JsonObject document() {
        try (InputStream input =
                Objects.requireNonNull(ApiContract.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            Map<String, Object> document =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(input);
            return new JsonObject(document);
        } catch (IOException failure) {
            throw new UncheckedIOException(RESOURCE + " cannot be read", failure);
        }
    }

    private static void forgetUnsupportedMedia(JsonObject document) {
        responsesOf(document.getJsonObject("components"));
        JsonObject paths = document.getJsonObject("paths");
        for (String path : paths.fieldNames()) {
            JsonObject operations = paths.getJsonObject(path);
            for (String method : operations.fieldNames()) {
                if (operations.getValue(method) instanceof JsonObject operation) {
                    responsesOf(operation);
                }
            }
        }
    }

    private static void responsesOf(JsonObject holder) {
        JsonObject responses = holder.getJsonObject("responses");
        for (String name : responses.fieldNames()) {
            JsonObject content = responses.getJsonObject(name).getJsonObject("content");
            if (content != null) {
                content.fieldNames().stream()
                        .filter(type -> !MediaType.isMediaTypeSupported(type))
                        .toList()
                        .forEach(content::remove);
            }
        }
    }
}

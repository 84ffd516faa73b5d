package io.flexir.ops.deploy.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.ops.deploy.tool.Tool;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An image as an engine lays it out: its layers one upon the other, and what it says of the process
 * to start.
 *
 * @param root the file system
 * @param configuration of the image
 * @param layers compressed bytes by position, the lowest first
 */
record UnpackedImage(Path root, JsonNode configuration, Map<String, Long> layers) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * @param directory empty
     */
    static UnpackedImage of(Path tar, Path directory) throws IOException {
        Path files = Files.createDirectories(directory.resolve("image"));
        Path root = Files.createDirectories(directory.resolve("root"));
        Tool.run(files, List.of("tar", "-xf", tar.toString()));
        JsonNode manifest = JSON.readTree(files.resolve("manifest.json").toFile()).get(0);
        Map<String, Long> layers = new LinkedHashMap<>();
        for (JsonNode layer : manifest.path("Layers")) {
            Path file = files.resolve(layer.asText());
            layers.put(layer.asText(), Files.size(file));
            Tool.run(root, List.of("tar", "-xzpf", file.toString()));
        }
        return new UnpackedImage(
                root,
                JSON.readTree(files.resolve(manifest.path("Config").asText()).toFile()),
                layers);
    }

    List<String> entryPoint() {
        List<String> words = new ArrayList<>();
        configuration.at("/config/Entrypoint").forEach(word -> words.add(word.asText()));
        return words;
    }

    Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        for (JsonNode variable : configuration.at("/config/Env")) {
            String[] parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts[1]);
        }
        return environment;
    }

    /** Such as {@code 65532:65532}. */
    String user() {
        return configuration.at("/config/User").asText();
    }
}

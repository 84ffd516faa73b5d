package io.flexir.worker.pipeline;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import io.flexir.contracts.bundle.BundleKeys;
import io.flexir.worker.restore.bundle.BundleReader;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A bundle that ships, with a manifest that says something else. */
final class ChangedModel {
    static final Path SHIPPED = Path.of("..", "ops", "models", "denoise-color-25-s");

    private static final JsonMapper JSON = new JsonMapper();

    private ChangedModel() {}

    /**
     * Puts it into a new directory under {@code models}.
     *
     * @return its digest
     */
    static String in(Path models, Consumer<ObjectNode> change) throws IOException {
        Path model = Files.createDirectories(models.resolve("changed"));
        try (Stream<Path> files = Files.list(SHIPPED)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".onnx")).toList()) {
                Files.copy(file, model.resolve(file.getFileName()));
            }
        }
        ObjectNode manifest =
                (ObjectNode) JSON.readTree(SHIPPED.resolve(BundleReader.MANIFEST).toFile());
        change.accept(manifest);
        byte[] json = JSON.writeValueAsBytes(manifest);
        Files.write(model.resolve(BundleReader.MANIFEST), json);
        return BundleReader.digestOf(json);
    }

    /**
     * Puts a bundle into a bucket.
     *
     * @return its digest
     */
    static String into(ScriptedStore store, Path model, Consumer<ObjectNode> change)
            throws IOException {
        ObjectNode manifest =
                (ObjectNode) JSON.readTree(model.resolve(BundleReader.MANIFEST).toFile());
        change.accept(manifest);
        byte[] json = JSON.writeValueAsBytes(manifest);
        String named = BundleReader.digestOf(json);
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.filter(each -> each.toString().endsWith(".onnx")).toList()) {
                store.objects.put(
                        BundleKeys.file(named, file.getFileName().toString()),
                        Files.readAllBytes(file));
            }
        }
        store.objects.put(BundleKeys.manifest(named), json);
        return named;
    }

    /** Of a bucket with nothing in it. */
    static BundleCache emptyCache(Path directory) {
        return new BundleCache(new ScriptedStore(), "flexir", directory.resolve("cache"), 1 << 30);
    }
}

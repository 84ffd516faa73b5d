package io.flexir.ops.deploy.helm;

import com.fasterxml.jackson.databind.JsonNode;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;

import io.flexir.ops.deploy.Documents;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The chart, rendered by Helm itself, which runs as a library here. */
final class Chart {
    private static final Path CHART = Path.of("helm", "flexir-fleet").toAbsolutePath();

    /** What every release must say. */
    static final String NEEDED =
            """
            kafka: {brokers: "kafka-0:9092,kafka-1:9092"}
            s3: {endpoint: "https://s3.example:9443", secret: {name: store}}
            scheduler: {keysSecret: {name: keys}}
            """;

    private Chart() {}

    /**
     * The objects that the chart makes of values on top of its own.
     *
     * @throws IllegalStateException with Helm's words when it refuses them
     */
    static List<JsonNode> objects(String values) {
        Path file = file(values);
        try {
            return Documents.parse(
                    new Helm(CHART)
                            .template()
                            .withName("fleet")
                            .withNamespace("photos")
                            .withKubeVersion("1.37.0")
                            .withValuesFile(file)
                            .call());
        } finally {
            file.toFile().delete();
        }
    }

    /** What Helm finds wrong with the chart and its own values. */
    static LintResult lint() {
        return new Helm(CHART).lint().strict().call();
    }

    private static Path file(String values) {
        try {
            return Files.writeString(Files.createTempFile("values", ".yaml"), values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

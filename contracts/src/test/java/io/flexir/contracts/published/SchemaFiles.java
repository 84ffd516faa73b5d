package io.flexir.contracts.published;

import io.flexir.contracts.wire.MessageType;

import java.nio.file.Path;

/** Where the published files lie in the module. */
final class SchemaFiles {
    static final Path PUBLISHED = Path.of("src/main/resources/io/flexir/contracts/published");
    static final Path GOLDEN = Path.of("src/test/resources/io/flexir/contracts/golden");

    private SchemaFiles() {}

    static String nameOf(MessageType<?> type) {
        return shortName(type) + ".v1.schema.json";
    }

    static String shortName(MessageType<?> type) {
        return type.eventType().replaceFirst("^io\\.flexir\\.", "").replaceFirst("\\.v1$", "");
    }
}

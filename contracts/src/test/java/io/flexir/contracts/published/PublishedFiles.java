package io.flexir.contracts.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Compares generated text with the committed file. {@code mvn -pl contracts test
 * -Dflexir.golden.update=true} writes the files anew; the diff then shows what the change means for
 * others.
 */
final class PublishedFiles {
    private static final boolean UPDATE = Boolean.getBoolean("flexir.golden.update");

    private PublishedFiles() {}

    static void assertUpToDate(Path file, String generated) throws IOException {
        String text = generated.endsWith("\n") ? generated : generated + "\n";
        if (UPDATE) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, text);
        }
        assertThat(file)
                .as("run with -Dflexir.golden.update=true and review the diff")
                .hasContent(text);
    }
}

package io.flexir.ops.local.broker;

import io.flexir.ops.local.CannotStart;

import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Formats a directory for the broker once; a formatted one keeps its cluster id and its data. */
final class BrokerStorage {

    private static final String FORMATTED_MARK = "meta.properties";

    private BrokerStorage() {}

    static void formatIfNew(Path directory) {
        if (Files.exists(directory.resolve(FORMATTED_MARK))) {
            return;
        }
        try (PrintStream unheard =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            new Formatter()
                    .setPrintStream(unheard)
                    .setNodeId(BrokerProperties.NODE_ID)
                    .setClusterId(Uuid.randomUuid().toString())
                    .setReleaseVersion(MetadataVersion.LATEST_PRODUCTION)
                    .setControllerListenerName(BrokerProperties.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(directory.toString())
                    .addDirectory(directory.toString())
                    .run();
        } catch (Exception e) {
            throw new CannotStart(
                    "cannot prepare "
                            + directory
                            + " for the broker ("
                            + e.getMessage()
                            + "): empty the directory, or name another one",
                    e);
        }
    }
}

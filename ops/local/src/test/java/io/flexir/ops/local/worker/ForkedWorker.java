package io.flexir.ops.local.worker;

import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.worker.HeapTuning;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A worker in a process of its own, configured by environment variables alone. */
public final class ForkedWorker {
    private ForkedWorker() {}

    /** What a worker is told so that it takes orders of this pool. */
    public static Map<String, String> environment(
            String id,
            String pool,
            String bootstrapServers,
            EmbeddedObjectStore store,
            Path models) {
        return Map.of(
                "FLEXIR_WORKER_ID",
                id,
                "FLEXIR_POOL",
                pool,
                "FLEXIR_KAFKA",
                bootstrapServers,
                "FLEXIR_S3",
                store.endpoint().toString(),
                "FLEXIR_S3_ACCESS_KEY",
                store.credentials().accessKey(),
                "FLEXIR_S3_SECRET_KEY",
                store.credentials().secretKey(),
                "FLEXIR_S3_BUCKET",
                store.bucket(),
                "FLEXIR_BUNDLES",
                models.toString(),
                "FLEXIR_HEARTBEAT_MILLIS",
                "500",
                "FLEXIR_MANAGEMENT_PORT",
                "0");
    }

    /**
     * @param log takes what the process prints
     */
    public static Process start(Map<String, String> environment, Path log) {
        return start(environment, log, List.of("-Xmx512m"));
    }

    /**
     * @param log takes what the process prints
     * @param heap options of the JVM that bound its heap
     */
    static Process start(Map<String, String> environment, Path log, List<String> heap) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(heap);
        command.add("--enable-native-access=ALL-UNNAMED");
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add("io.flexir.worker.Main");
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.environment().putAll(HeapTuning.environment(1));
        builder.redirectErrorStream(true).redirectOutput(log.toFile());
        try {
            return builder.start();
        } catch (IOException failure) {
            throw new UncheckedIOException("The worker process could not be started", failure);
        }
    }
}

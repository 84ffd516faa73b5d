package io.flexir.ops.local.process;

import static java.util.Objects.requireNonNull;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.store.Credentials;
import io.flexir.ops.local.store.EmbeddedObjectStore;
import io.flexir.ops.local.store.StoreSettings;
import io.flexir.worker.TerminationSignals;

import java.nio.file.Path;
import java.util.Map;

/** An object store as a process of its own. */
public final class StoreNode {
    private static final String DIRECTORY = "FLEXIR_STORE_DIRECTORY";
    private static final String PORT = "FLEXIR_STORE_PORT";
    private static final String ACCESS_KEY = "FLEXIR_STORE_ACCESS_KEY";
    private static final String SECRET_KEY = "FLEXIR_STORE_SECRET_KEY";

    private StoreNode() {}

    /**
     * What it is told.
     *
     * @param directory keeps its objects from one process to the next
     */
    public static Map<String, String> environment(
            Path directory, int port, Credentials credentials) {
        return Map.of(
                DIRECTORY,
                directory.toString(),
                PORT,
                Integer.toString(port),
                ACCESS_KEY,
                credentials.accessKey(),
                SECRET_KEY,
                credentials.secretKey());
    }

    /** Serves until the process ends; SIGTERM lets requests in flight end. */
    static void run(Map<String, String> environment) {
        EmbeddedObjectStore store =
                EmbeddedObjectStore.start(
                        StoreSettings.in(DataDirectory.kept(Path.of(environment.get(DIRECTORY))))
                                .withPort(Integer.parseInt(environment.get(PORT)))
                                .withCredentials(
                                        new Credentials(
                                                requireNonNull(environment.get(ACCESS_KEY)),
                                                requireNonNull(environment.get(SECRET_KEY)))));
        TerminationSignals.stopInOrder(store::close);
    }
}

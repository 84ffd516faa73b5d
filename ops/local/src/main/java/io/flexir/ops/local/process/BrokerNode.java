package io.flexir.ops.local.process;

import io.flexir.ops.local.DataDirectory;
import io.flexir.ops.local.broker.BrokerSettings;
import io.flexir.ops.local.broker.EmbeddedBroker;
import io.flexir.worker.TerminationSignals;

import java.nio.file.Path;
import java.util.Map;

/** A broker as a process of its own. */
public final class BrokerNode {
    private static final String DIRECTORY = "FLEXIR_BROKER_DIRECTORY";
    private static final String PORT = "FLEXIR_BROKER_PORT";
    private static final String CONTROLLER_PORT = "FLEXIR_BROKER_CONTROLLER_PORT";

    private BrokerNode() {}

    /**
     * What it is told.
     *
     * @param directory keeps its data from one process to the next
     */
    public static Map<String, String> environment(Path directory, int port, int controllerPort) {
        return Map.of(
                DIRECTORY,
                directory.toString(),
                PORT,
                Integer.toString(port),
                CONTROLLER_PORT,
                Integer.toString(controllerPort));
    }

    /** Serves until the process ends; SIGTERM lets it flush. */
    static void run(Map<String, String> environment) {
        EmbeddedBroker broker =
                EmbeddedBroker.start(
                        new BrokerSettings(
                                DataDirectory.kept(Path.of(environment.get(DIRECTORY))),
                                Integer.parseInt(environment.get(PORT)),
                                Integer.parseInt(environment.get(CONTROLLER_PORT))));
        EmbeddedBroker.ownsItsProcess();
        TerminationSignals.stopInOrder(broker::close);
    }
}

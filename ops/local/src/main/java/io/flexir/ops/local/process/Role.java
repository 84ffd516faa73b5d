package io.flexir.ops.local.process;

import io.flexir.worker.HeapTuning;

import java.util.Map;

/** What a child process is. */
public enum Role {
    BROKER,
    STORE,
    SCHEDULER,
    WORKER;

    /** Environment variables that it needs whatever it is told. */
    Map<String, String> tuning() {
        return switch (this) {
            case WORKER -> HeapTuning.environment(1);
            case BROKER, STORE, SCHEDULER -> Map.of();
        };
    }

    /** Runs until the process ends, told by environment variables alone. */
    void run() {
        switch (this) {
            case BROKER -> BrokerNode.run(System.getenv());
            case STORE -> StoreNode.run(System.getenv());
            case SCHEDULER ->
                    System.exit(
                            io.flexir.scheduler.Main.run(
                                    new String[0], SetClock.of(System.getenv())));
            case WORKER ->
                    System.exit(
                            io.flexir.worker.Main.run(new String[0], SetClock.of(System.getenv())));
        }
    }
}

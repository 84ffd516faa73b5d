package io.flexir.ops.local.process;

import io.flexir.worker.HeapTuning;

import java.util.Map;

/** What a child process is. */
public enum Role {
    WORKER,
    SCHEDULER;

    /** Environment variables that it needs whatever it is told. */
    Map<String, String> tuning() {
        return switch (this) {
            case WORKER -> HeapTuning.environment(1);
            case SCHEDULER -> Map.of();
        };
    }

    /** Runs until the process ends, told by environment variables alone. */
    void run() {
        switch (this) {
            case WORKER -> io.flexir.worker.Main.main(new String[0]);
            case SCHEDULER -> io.flexir.scheduler.Main.main(new String[0]);
        }
    }
}

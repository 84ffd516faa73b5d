package io.flexir.worker.metrics;

import java.util.LinkedHashMap;
import java.util.Map;

/** Whether this worker can do orders now, and what keeps it from doing so. Thread-safe. */
public final class Readiness {
    /** What must hold. */
    public enum Condition {
        /** The control topic has been read to its end, and orders are taken. */
        INTAKE,
        /** The broker takes heartbeats. */
        BROKER,
        /** The object store answers for its bucket. */
        STORE,
        /** At least one bundle can be loaded. */
        BUNDLES
    }

    private final Map<Condition, Boolean> holds = new LinkedHashMap<>();

    public Readiness() {
        for (Condition condition : Condition.values()) {
            holds.put(condition, false);
        }
    }

    public synchronized void set(Condition condition, boolean held) {
        holds.put(condition, held);
    }

    public synchronized boolean isReady() {
        return !holds.containsValue(false);
    }

    /** Every condition and whether it holds. */
    public synchronized Map<Condition, Boolean> conditions() {
        return new LinkedHashMap<>(holds);
    }
}

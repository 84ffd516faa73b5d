package io.flexir.scheduler.load;

import io.flexir.contracts.fleet.WorkerHeartbeat;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Tells which workers joined or left between two looks at the fleet. Thread-safe. */
public final class FleetWatch {
    private Map<String, WorkerHeartbeat> ready = Map.of();

    /**
     * A worker that takes orders now and did not before, or the other way round.
     *
     * @param slots that came or went with it
     */
    public record Change(String workerId, String pool, int slots, Kind kind) {}

    /** What happened to a worker, and how that shows. */
    public enum Kind {
        /** It is ready for orders. */
        JOINED,
        /** It said that it takes no orders for now. */
        PAUSED,
        /** It said that it takes no more orders. */
        DRAINING,
        /** It said that it stopped, or its record was deleted. */
        STOPPED,
        /** It was not heard of for too long. */
        SILENT
    }

    /**
     * @param remembered whether a worker's last word is still known, however old it is
     */
    public synchronized List<Change> look(FleetView view, Predicate<String> remembered) {
        Map<String, WorkerHeartbeat> now = byId(view.ready());
        if (now.keySet().equals(ready.keySet())) {
            return List.of();
        }
        List<Change> changes = new ArrayList<>();
        now.values().stream()
                .filter(beat -> !ready.containsKey(beat.workerId()))
                .forEach(beat -> changes.add(change(beat, Kind.JOINED)));
        Map<String, WorkerHeartbeat> alive = byId(view.alive());
        ready.values().stream()
                .filter(beat -> !now.containsKey(beat.workerId()))
                .forEach(beat -> changes.add(change(beat, left(beat, alive, remembered))));
        ready = now;
        return changes;
    }

    private static Kind left(
            WorkerHeartbeat beat, Map<String, WorkerHeartbeat> alive, Predicate<String> known) {
        WorkerHeartbeat lives = alive.get(beat.workerId());
        if (lives != null) {
            return lives.state() == WorkerHeartbeat.State.PAUSED ? Kind.PAUSED : Kind.DRAINING;
        }
        return known.test(beat.workerId()) ? Kind.SILENT : Kind.STOPPED;
    }

    private static Change change(WorkerHeartbeat beat, Kind kind) {
        return new Change(beat.workerId(), beat.pool(), beat.slots(), kind);
    }

    private static Map<String, WorkerHeartbeat> byId(Collection<WorkerHeartbeat> beats) {
        Map<String, WorkerHeartbeat> byId = new HashMap<>();
        beats.forEach(beat -> byId.put(beat.workerId(), beat));
        return byId;
    }
}

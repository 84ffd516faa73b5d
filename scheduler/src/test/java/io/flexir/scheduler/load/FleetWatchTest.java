package io.flexir.scheduler.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.fleet.WorkerHeartbeat.State;
import io.flexir.scheduler.load.FleetWatch.Change;
import io.flexir.scheduler.load.FleetWatch.Kind;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class FleetWatchTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Fleet fleet = new Fleet(Duration.ofSeconds(10));
    private final FleetWatch watch = new FleetWatch();

    @Test
    void a_worker_joins_once_however_often_it_is_heard_of() {
        heard("a", State.READY, START);

        assertThat(look(START)).containsExactly(new Change("a", "cpu", 2, Kind.JOINED));
        heard("a", State.READY, START.plusSeconds(2));
        assertThat(look(START.plusSeconds(2))).isEmpty();
    }

    @Test
    void how_a_worker_left_is_told_by_its_last_word() {
        for (String worker : List.of("drains", "stops", "falls-silent")) {
            heard(worker, State.READY, START);
        }
        look(START);

        Instant later = START.plusSeconds(30);
        heard("drains", State.DRAINING, later);
        heard("stops", State.STOPPED, later);

        assertThat(look(later))
                .containsExactlyInAnyOrder(
                        new Change("drains", "cpu", 2, Kind.DRAINING),
                        new Change("stops", "cpu", 2, Kind.STOPPED),
                        new Change("falls-silent", "cpu", 2, Kind.SILENT));
    }

    private List<Change> look(Instant now) {
        return watch.look(fleet.at(now), fleet::remembers);
    }

    private void heard(String id, State state, Instant at) {
        fleet.heard(
                new WorkerHeartbeat(
                        id,
                        "cpu",
                        new Device("cpu", "a cpu", 2),
                        state,
                        2,
                        2,
                        List.of(),
                        List.of(),
                        START,
                        at));
    }
}

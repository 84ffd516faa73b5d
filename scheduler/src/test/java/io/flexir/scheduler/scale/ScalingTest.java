package io.flexir.scheduler.scale;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.scheduler.load.FleetView;
import io.flexir.scheduler.load.WorkAhead;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;

class ScalingTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    private static final ScalingRules RULES =
            new ScalingRules(
                    1,
                    100,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(120));

    @Test
    void what_waits_is_to_be_worked_off_within_the_target() {
        WorkAhead work = new WorkAhead(100, 10, 120, 600, 0, 0);

        Need need = Need.of(work, Duration.ofSeconds(60), 1);

        assertThat(need).isEqualTo(new Need(2, 10, true));
    }

    @Test
    void what_comes_in_must_leave_workers_some_rest_when_nothing_waits() {
        WorkAhead work = new WorkAhead(0, 1, 0.5, 1, 0.8, 4);

        assertThat(Need.of(work, Duration.ofSeconds(60), 1)).isEqualTo(new Need(1, 5, true));
    }

    @Test
    void a_worker_of_several_slots_does_so_many_times_the_work() {
        FleetView fleet = fleet(beats("cpu", 2, 4));
        WorkAhead work = new WorkAhead(100, 0, 600, 600, 0, 0);

        ScalingReport report = new Scaling(RULES, List.of("cpu")).look(work, fleet, START);

        assertThat(report.pools().get("cpu").need().atFullDepth()).isEqualTo(2.5);
        assertThat(report.pools().get("cpu").readyWorkers()).isEqualTo(2);
    }

    @Test
    void pools_share_the_work_by_their_slots() {
        FleetView fleet = fleet(Stream.concat(beats("cpu", 3, 1), beats("cuda", 1, 3)));
        WorkAhead work = new WorkAhead(100, 0, 720, 720, 0, 0);

        ScalingReport report = new Scaling(RULES, List.of("cpu", "cuda")).look(work, fleet, START);

        assertThat(report.pools().get("cpu").need().atFullDepth()).isEqualTo(6);
        assertThat(report.pools().get("cuda").need().atFullDepth()).isEqualTo(2);
        assertThat(report.pools().get("cpu").desiredWorkers()).isEqualTo(6);
        assertThat(report.pools().get("cuda").desiredWorkers()).isEqualTo(2);
    }

    @Test
    void a_fleet_without_workers_gets_some() {
        WorkAhead work = new WorkAhead(100, 0, 720, 720, 0, 0);

        ScalingReport report =
                new Scaling(RULES, List.of("cpu")).look(work, fleet(Stream.of()), START);

        assertThat(report.pools().get("cpu").desiredWorkers()).isEqualTo(2);
    }

    @Test
    void workers_that_all_pause_are_as_large_as_they_were() {
        Scaling scaling = new Scaling(RULES, List.of("cpu"));
        WorkAhead work = new WorkAhead(100, 0, 600, 600, 0, 0);
        Need before = need(scaling.look(work, fleet(beats("cpu", 2, 4)), START));

        Need paused = need(scaling.look(work, fleet(Stream.of()), START.plusSeconds(1)));

        assertThat(paused).isEqualTo(before).isEqualTo(new Need(2.5, 2.5, true));
    }

    private static Need need(ScalingReport report) {
        return Objects.requireNonNull(report.pools().get("cpu")).need();
    }

    private static Stream<WorkerHeartbeat> beats(String pool, int workers, int slots) {
        return IntStream.range(0, workers)
                .mapToObj(
                        worker ->
                                new WorkerHeartbeat(
                                        pool + worker,
                                        pool,
                                        new Device(pool, "any", 1),
                                        WorkerHeartbeat.State.READY,
                                        slots,
                                        slots,
                                        List.of(),
                                        List.of(),
                                        START,
                                        START));
    }

    private static FleetView fleet(Stream<WorkerHeartbeat> beats) {
        return new FleetView(beats.toList(), START);
    }
}

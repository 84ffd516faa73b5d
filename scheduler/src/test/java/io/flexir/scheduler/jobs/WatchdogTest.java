package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.START;
import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.load.FleetView;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Two orders went to a pool that this scheduler was started without. */
class WatchdogTest {
    private static final JobId HELD = new JobId("held");
    private static final JobId UNREAD = new JobId("unread");

    private final Watchdog watchdog =
            new Watchdog(
                    new Patience(Duration.ofSeconds(60), Duration.ofMinutes(10)), List.of("cuda"));

    @Test
    void what_went_to_a_pool_that_is_none_any_more_is_lost_at_the_next_look() {
        order(HELD, "cpu");
        order(UNREAD, "cpu");
        order(new JobId("other"), "cuda");

        assertThat(watchdog.look(worker("cpu", HELD), START))
                .extracting(Watchdog.Lost::jobId)
                .containsExactly(UNREAD);
    }

    @Test
    void its_job_is_not_to_blame() {
        order(UNREAD, "cpu");

        assertThat(watchdog.look(worker("cpu"), START))
                .containsExactly(new Watchdog.Lost(UNREAD, false));
    }

    private void order(JobId id, String pool) {
        watchdog.entered(
                id,
                new Job.Scheduled(
                        job(id.value()).request(),
                        1,
                        new PointerBudget(1, 6),
                        Map.of(),
                        pool,
                        null,
                        START));
    }

    private static FleetView worker(String pool, JobId... holds) {
        List<InFlightJob> held =
                Arrays.stream(holds)
                        .map(id -> new InFlightJob(id, 1, InFlightJob.Phase.RESTORING, 1, 0, 4))
                        .toList();
        WorkerHeartbeat heartbeat =
                new WorkerHeartbeat(
                        "worker-1",
                        pool,
                        new Device("cpu", "a cpu", 2),
                        WorkerHeartbeat.State.READY,
                        2,
                        1,
                        List.of(),
                        held,
                        START,
                        START);
        return new FleetView(List.of(heartbeat), START);
    }
}

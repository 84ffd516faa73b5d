package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.START;
import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.load.FleetView;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Of orders that no worker holds, by what was seen of them in looks that are seconds apart. */
class WatchdogTest {
    private static final JobId HELD = new JobId("held");
    private static final JobId UNREAD = new JobId("unread");

    private final Watchdog watchdog =
            new Watchdog(
                    new Patience(Duration.ofSeconds(60), Duration.ofMinutes(10)), List.of("cuda"));

    @Test
    void what_went_to_a_pool_that_is_none_any_more_is_lost_when_no_report_came_for_a_while() {
        order(HELD, "cpu");
        order(UNREAD, "cpu");
        order(new JobId("other"), "cuda");

        assertThat(watchdog.look(worker("cpu", HELD), START)).isEmpty();
        assertThat(watchdog.look(worker("cpu", HELD), START.plusSeconds(2))).isEmpty();
        assertThat(watchdog.look(worker("cpu", HELD), START.plusSeconds(3)))
                .extracting(Watchdog.Lost::jobId)
                .containsExactly(UNREAD);
    }

    @Test
    void its_job_is_not_to_blame() {
        order(UNREAD, "cpu");
        watchdog.look(worker("cpu"), START);

        assertThat(watchdog.look(worker("cpu"), START.plusSeconds(3)))
                .containsExactly(new Watchdog.Lost(UNREAD, false));
    }

    @Test
    void what_was_late_before_the_first_look_is_given_the_time_that_a_report_may_take() {
        JobId late = new JobId("late");
        Instant muchLater = START.plusSeconds(100);
        watchdog.entered(late, scheduled(late, "cuda", START.plusSeconds(1)));

        watchdog.look(worker("cuda"), muchLater);
        assertThat(watchdog.expired(worker("cuda"))).isEmpty();
        watchdog.look(worker("cuda"), muchLater.plusSeconds(3));

        assertThat(watchdog.expired(worker("cuda"))).containsExactly(late);
    }

    @Test
    void where_nobody_is_heard_of_it_is_given_longer() {
        JobId late = new JobId("late");
        FleetView nobody = new FleetView(List.of(), START);
        watchdog.entered(late, scheduled(late, "cuda", START));

        for (int second = 0; second < 60; second++) {
            watchdog.look(nobody, START.plusSeconds(second));
            assertThat(watchdog.expired(nobody)).isEmpty();
        }
        watchdog.look(nobody, START.plusSeconds(61));

        assertThat(watchdog.expired(nobody)).containsExactly(late);
    }

    private void order(JobId id, String pool) {
        watchdog.entered(id, scheduled(id, pool, null));
    }

    /** An order of a job that fails past its deadline, if it has one. */
    private static Job.Scheduled scheduled(JobId id, String pool, @Nullable Instant deadline) {
        return new Job.Scheduled(
                job(id.value()).deadline(deadline, OnMiss.FAIL).request(),
                1,
                new PointerBudget(1, 6),
                Map.of(),
                pool,
                null,
                START);
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

package io.flexir.scheduler.api.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.Terms;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.load.WorkAhead;
import io.flexir.scheduler.scale.ScalingReport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

class FleetHistoryTest {
    private static final Instant START = Samples.START;

    private final FleetHistory history = new FleetHistory();

    @Test
    void jobs_count_in_the_slice_in_which_they_ended() {
        history.ended(restored("a", START.plusSeconds(1), null, false), START.plusSeconds(30));
        history.ended(restored("b", START.plusSeconds(19), null, false), START.plusSeconds(30));
        history.ended(restored("c", START.plusSeconds(20), null, false), START.plusSeconds(30));

        List<FleetSlice> slices = history.all(START.plusSeconds(30));

        assertThat(slices)
                .extracting(FleetSlice::from)
                .containsExactly(START, START.plusSeconds(20));
        assertThat(slices).extracting(FleetSlice::restored).containsExactly(2L, 1L);
    }

    @Test
    void a_job_adds_what_was_granted_and_where_its_area_ended() {
        JobView job = restored("a", START, null, false);
        history.ended(job, START);

        FleetSlice slice = history.all(START).getFirst();

        // A third of the sample's image ended at 3, the rest at 6.
        assertThat(slice.used()).containsOnlyKeys(3, 6);
        assertThat(slice.used().get(3)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(slice.used().get(6)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(slice.granted()).containsExactly(entry(6, 1.0));
        assertThat(slice.degraded()).isZero();
        assertThat(slice.gigaMacs()).isEqualTo(receiptOf(job).receipt().gigaMacs());
        assertThat(slice.joules()).isEqualTo(receiptOf(job).receipt().energy().joules());
    }

    @Test
    void deadlines_are_kept_by_what_was_restored_in_time_alone() {
        Instant due = START.plusSeconds(5);
        history.ended(restored("kept", START, due, false), START);
        history.ended(restored("late", START, due, true), START);
        history.ended(restored("none", START, null, false), START);
        history.ended(due(Samples.failed("failed", START), due), START);
        history.ended(due(Samples.cancelled("cancelled", START), due), START);

        FleetSlice slice = history.all(START).getFirst();

        assertThat(slice.withDeadline()).isEqualTo(3);
        assertThat(slice.onTime()).isEqualTo(1);
        assertThat(slice.failed()).isEqualTo(1);
        assertThat(slice.restored()).isEqualTo(3);
    }

    @Test
    void what_is_older_than_an_hour_is_forgotten_and_what_is_ahead_of_the_clock_not_taken() {
        history.ended(restored("old", START, null, false), START);
        Instant later = START.plus(Duration.ofHours(1));
        history.ended(restored("late-to-be-told", START, null, false), later);
        history.ended(restored("ahead", later.plusSeconds(600), null, false), later);

        assertThat(history.all(later)).isEmpty();
    }

    @Test
    void a_slice_keeps_the_latest_look_at_the_backlog_beside_its_jobs() {
        history.ended(restored("a", START, null, false), START);
        history.sampled(report(START.plusSeconds(1), 7));
        history.sampled(report(START.plusSeconds(2), 9));

        FleetSlice slice = history.all(START.plusSeconds(2)).getFirst();

        assertThat(slice.restored()).isEqualTo(1);
        assertThat(slice.backlog().queued()).isEqualTo(9);
        assertThat(history.latest().orElseThrow().at()).isEqualTo(START.plusSeconds(2));
    }

    private static ScalingReport report(Instant at, int queued) {
        return new ScalingReport(at, new WorkAhead(queued, 0, 1, 2, 0, 0), new TreeMap<>());
    }

    private static JobView restored(
            String id, Instant at, @Nullable Instant deadline, boolean late) {
        JobView job = due(Samples.succeeded(id, at), deadline);
        Outcome.Restored end = receiptOf(job);
        return with(
                job,
                new Outcome.Restored(end.jobId(), end.tenant(), at, end.receipt(), false, late));
    }

    private static Outcome.Restored receiptOf(JobView job) {
        return (Outcome.Restored) job.outcome();
    }

    private static JobView due(JobView job, @Nullable Instant deadline) {
        RestorationRequest request = job.request();
        Terms terms = request.terms();
        return new JobView(
                new RestorationRequest(
                        request.jobId(),
                        request.tenant(),
                        request.input(),
                        request.model(),
                        request.depth(),
                        new Terms(
                                terms.priority(),
                                deadline,
                                terms.floor(),
                                terms.target(),
                                terms.onMiss()),
                        request.output(),
                        request.imageSize(),
                        request.bodyDigest(),
                        request.submittedAt()),
                job.state(),
                job.attempt(),
                job.budget(),
                job.scheduledAt(),
                job.outcome(),
                job.updatedAt());
    }

    private static JobView with(JobView job, Outcome outcome) {
        return new JobView(
                job.request(),
                job.state(),
                job.attempt(),
                job.budget(),
                job.scheduledAt(),
                outcome,
                job.updatedAt());
    }
}

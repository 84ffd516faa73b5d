package io.flexir.scheduler.load;

import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.job.JobView;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.jobs.Reports;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

/**
 * A job of 300 x 200 pixels of a model whose run to P costs (P + 2) x 1000 MACs a pixel; 20 GMAC/s.
 */
class FleetWorkTest {
    private static final double GRAPH_SECONDS = 300 * 200 * 1e3 / 20e9;
    private static final Offset<Double> CLOSELY = within(1e-9);

    private final FleetWork work = Samples.fleetWork();

    @Test
    void a_queued_job_is_work_from_its_floor_to_full_depth() {
        work.apply(Samples.queued("a", START));

        WorkAhead ahead = work.at(START);

        assertThat(ahead.queued()).isEqualTo(1);
        assertThat(ahead.secondsAtFloor()).isCloseTo(3 * GRAPH_SECONDS, CLOSELY);
        assertThat(ahead.secondsAtFullDepth()).isCloseTo(8 * GRAPH_SECONDS, CLOSELY);
    }

    @Test
    void an_order_that_is_out_is_work_at_the_depth_it_was_granted() {
        work.apply(Samples.queued("a", START));
        work.apply(Samples.scheduled("a", 1, START));

        WorkAhead ahead = work.at(START);

        assertThat(ahead.queued()).isZero();
        assertThat(ahead.out()).isEqualTo(1);
        assertThat(ahead.secondsAtFloor()).isCloseTo(8 * GRAPH_SECONDS, CLOSELY);
    }

    @Test
    void what_ended_or_is_forgotten_leaves_nothing_behind() {
        work.apply(Samples.queued("a", START));
        work.apply(Samples.queued("b", START));
        work.apply(Samples.cancelled("a", START));
        work.forget(new JobId("b"));

        WorkAhead ahead = work.at(START);

        assertThat(ahead.jobs()).isZero();
        assertThat(ahead.secondsAtFloor()).isZero();
        assertThat(ahead.secondsAtFullDepth()).isZero();
    }

    @Test
    void what_came_in_lately_is_a_rate_that_fades() {
        work.apply(Samples.queued("a", START));
        work.apply(Samples.scheduled("a", 1, START));

        assertThat(work.at(START).arrivingAtFullDepth()).isCloseTo(8 * GRAPH_SECONDS / 60, CLOSELY);
        assertThat(work.at(START.plusSeconds(60)).arrivingAtFullDepth())
                .isCloseTo(8 * GRAPH_SECONDS / 60 / Math.E, CLOSELY);
    }

    @Test
    void after_a_clock_was_set_back_the_rate_fades_as_before() {
        work.apply(Samples.queued("a", START));
        Instant setBack = START.minusSeconds(3600);
        double before = work.at(START).arrivingAtFullDepth();

        assertThat(work.at(setBack).arrivingAtFullDepth()).isCloseTo(before, CLOSELY);
        assertThat(work.at(setBack.plusSeconds(60)).arrivingAtFullDepth())
                .isCloseTo(before / Math.E, CLOSELY);
    }

    @Test
    void a_scheduler_whose_clock_is_ahead_does_not_make_what_came_before_forgotten() {
        work.apply(Samples.queued("a", START));
        double before = work.at(START).arrivingAtFullDepth();

        work.apply(Samples.queued("b", START.plusSeconds(3600)));

        assertThat(work.at(START).arrivingAtFullDepth()).isGreaterThan(1.5 * before);
    }

    @Test
    void an_instant_that_a_client_made_up_does_not_stop_the_clock() {
        JobView odd =
                new JobView(
                        Samples.request("a", Instant.MAX),
                        Samples.queued("a", START).state(),
                        0,
                        null,
                        null,
                        null,
                        START);

        work.apply(odd);

        assertThat(work.at(START).arrivingAtFloor()).isCloseTo(3 * GRAPH_SECONDS / 60, CLOSELY);
    }

    @Test
    void receipts_say_how_fast_slots_are() {
        work.apply(Samples.queued("a", START));
        double before = work.at(START).secondsAtFullDepth();

        work.apply(Samples.succeeded("b", START));

        assertThat(work.at(START).secondsAtFullDepth()).isGreaterThan(10 * before);
    }

    @Test
    void workers_that_start_do_not_make_the_work_look_larger() {
        restored("old", 6, 8, 1.0);
        restored("old", 6, 8, 1.0);
        work.apply(Samples.queued("waiting", START));
        double before = work.at(START).secondsAtFullDepth();

        for (String cold : List.of("new-1", "new-2", "new-3", "new-4")) {
            restored(cold, 1, 3, 10.0);
        }

        assertThat(work.at(START).secondsAtFullDepth()).isCloseTo(before, CLOSELY);
    }

    /** Storage and codecs take as long as ever: they are no part of what a stage takes. */
    @Test
    void shallow_jobs_do_not_make_full_depth_look_dearer() {
        restored("old", 6, 8, 1.0);
        restored("old", 6, 8, 1.0);
        work.apply(Samples.queued("waiting", START));
        double before = work.at(START).secondsAtFullDepth();

        for (int job = 0; job < 20; job++) {
            restored("old", 1, 3, 3.0 / 8);
        }

        assertThat(work.at(START).secondsAtFullDepth()).isCloseTo(before, CLOSELY);
    }

    private void restored(String worker, int pointer, double gigaMacs, double inferenceSeconds) {
        PhaseSeconds seconds = new PhaseSeconds(0.1, 0.1, inferenceSeconds, 0.05, 0.1, 0.05);
        work.apply(
                Samples.succeeded(
                        "done",
                        Reports.receipt(worker, Samples.MODEL, pointer, gigaMacs, seconds),
                        START));
    }

    /** As two schedulers do, who read the partitions of the topic in different order. */
    @Test
    void whoever_reads_the_same_views_comes_to_the_same_work() {
        List<JobView> one = List.of(Samples.queued("a", START), Samples.scheduled("a", 1, START));
        List<JobView> two = List.of(Samples.queued("b", START.minusSeconds(40)));
        List<JobView> three = List.of(Samples.queued("c", START), Samples.failed("c", START));
        FleetWork other = Samples.fleetWork();

        List.of(one, two, three).forEach(views -> views.forEach(work::apply));
        List.of(three, two, one).forEach(views -> views.forEach(other::apply));

        WorkAhead here = work.at(START);
        WorkAhead there = other.at(START);
        assertThat(there.queued()).isEqualTo(here.queued()).isEqualTo(1);
        assertThat(there.secondsAtFloor()).isCloseTo(here.secondsAtFloor(), CLOSELY);
        assertThat(there.secondsAtFullDepth()).isCloseTo(here.secondsAtFullDepth(), CLOSELY);
        assertThat(there.arrivingAtFullDepth()).isCloseTo(here.arrivingAtFullDepth(), CLOSELY);
    }
}

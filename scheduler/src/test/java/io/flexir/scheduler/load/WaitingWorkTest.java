package io.flexir.scheduler.load;

import static io.flexir.scheduler.jobs.Requests.START;
import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.budget.Seconds;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.dispatch.WaitingIndex;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;

/** One slot, and jobs of a second for each gigapixel. */
class WaitingWorkTest {
    private static final ServiceTime SERVICE = new ServiceTime(0, 1);

    private final WaitingWork work = new WaitingWork();
    private final WaitingIndex index = new WaitingIndex();

    WaitingWorkTest() {
        work.fleet(1);
    }

    @Test
    void who_waits_alone_may_take_what_it_likes() {
        arrive("a", 10, 1, 9);

        assertThat(load("a", 10)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void what_can_be_spared_is_the_slack_of_those_behind() {
        arrive("first", 10, 2, 9);
        arrive("second", 12, 3, 9);

        assertThat(load("first", 10)).isEqualTo(12 - 3 - 2.0);
    }

    @Test
    void the_one_that_is_worth_least_steps_aside_and_comes_last() {
        work.ordered(new JobId("out"), 2, START);
        arrive("large", 10, 8, 1);
        arrive("small", 11, 2, 9);

        assertThat(index.best(work, START).map(OrderKey::jobId)).contains(new JobId("small"));
        assertThat(work.isAside(new JobId("large"))).isTrue();
    }

    @Test
    void it_is_served_once_nobody_else_waits() {
        work.ordered(new JobId("out"), 2, START);
        arrive("large", 10, 8, 1);
        arrive("small", 11, 2, 9);
        index.best(work, START);

        leave("small", 11);

        assertThat(index.best(work, START).map(OrderKey::jobId)).contains(new JobId("large"));
    }

    @Test
    void it_does_not_take_the_last_slot_from_one_that_can_be_on_time() {
        work.ordered(new JobId("out"), 2, START);
        arrive("large", 10, 8, 1);
        arrive("small", 11, 6, 9);
        index.best(work, START);

        work.ended(new JobId("out"), START);

        assertThat(index.best(work, START).map(OrderKey::jobId)).contains(new JobId("small"));
    }

    @Test
    void a_late_one_waits_as_long_as_others_go_deeper_in_its_time() {
        arrive("late", 1, 2, 9);
        arriveWithDepth("deep", 3000);

        assertThat(index.best(work, START).map(OrderKey::jobId)).contains(new JobId("deep"));
        assertThat(index.best(work, START.plusSeconds(1800)).map(OrderKey::jobId))
                .contains(new JobId("deep"));
        assertThat(index.best(work, START.plusSeconds(1802)).map(OrderKey::jobId))
                .contains(new JobId("late"));
    }

    @ParameterizedTest
    @CsvSource({"3000, late", "6, next"})
    void a_late_one_goes_first_where_that_makes_nobody_late(int due, String first) {
        arrive("late", 1, 2, 9);
        arrive("next", due, 5, 9);

        assertThat(index.best(work, START).map(OrderKey::jobId)).contains(new JobId(first));
    }

    @Test
    void of_two_the_larger_steps_aside_though_its_result_gains_a_little_more() {
        work.ordered(new JobId("out"), 2, START);
        arrive("large", 10, 8, 9);
        arrive("small", 11, 6, 6);

        assertThat(index.best(work, START).map(OrderKey::jobId)).contains(new JobId("small"));
    }

    @Test
    void an_order_that_waits_at_the_worker_takes_its_time_when_the_one_before_has_ended() {
        arrive("next", 60, 1, 9);
        arrive("behind", 100, 10, 9);
        work.ordered(new JobId("a"), 10, START);
        work.ordered(new JobId("b"), 10, START);
        assertThat(load("next", 60)).isEqualTo(100 - 10 - 1 - 20.0);

        work.ended(new JobId("a"), START.plusSeconds(10));
        work.ordered(new JobId("c"), 10, START.plusSeconds(10));

        assertThat(load("next", 60, START.plusSeconds(15))).isEqualTo(100 - 15 - 10 - 1 - 15.0);
    }

    @Test
    void an_order_that_takes_longer_than_predicted_takes_nothing_from_the_others() {
        work.fleet(2);
        arrive("next", 60, 1, 9);
        arrive("behind", 100, 10, 9);
        work.ordered(new JobId("slow"), 1, START);
        work.ordered(new JobId("other"), 10, START);

        assertThat(load("next", 60, START.plusSeconds(5))).isEqualTo(2 * (100 - 10 - 5) - 1 - 5.0);
    }

    @Test
    void a_slot_that_came_is_given_to_the_next_in_line() {
        arrive("next", 60, 1, 9);
        arrive("behind", 100, 10, 9);
        work.ordered(new JobId("a"), 10, START);
        work.ordered(new JobId("b"), 10, START);

        work.fleet(2);

        assertThat(load("next", 60)).isEqualTo(2 * (100 - 10) - 1 - 20.0);
        assertThat(load("next", 60, START.plusSeconds(4))).isEqualTo(2 * (100 - 14) - 1 - 12.0);
    }

    @Test
    void it_stands_back_for_those_who_can_be_on_time_in_another_queue() {
        WaitingIndex other = new WaitingIndex();
        work.ordered(new JobId("out"), 2, START);
        arrive("large", 10, 8, 1);
        arrive(other, "small", 11, 2, 9);

        assertThat(index.best(work, START)).isEmpty();
        assertThat(other.best(work, START).map(OrderKey::jobId)).contains(new JobId("small"));
        other.remove(request("small", 11));
        work.left(new JobId("small"));

        assertThat(index.best(work, START).map(OrderKey::jobId)).contains(new JobId("large"));
    }

    @Test
    void while_it_stands_back_the_next_tenant_has_its_turn() {
        TenantId second = new TenantId("second");
        RestorationRequest theirs =
                job("theirs").of(second).deadline(START.plusSeconds(99), OnMiss.DEGRADE).request();
        work.ordered(new JobId("out"), 2, START);
        arrive("large", 10, 8, 1);
        arrive(new WaitingIndex(), "small", 11, 2, 9);
        index.add(theirs);
        WaitingWork works = new WaitingWork();

        assertThat(index.best(tenant -> tenant.equals(second) ? works : work, START))
                .contains(OrderKey.of(theirs));
    }

    @Test
    void without_workers_nobody_steps_aside() {
        work.fleet(0);
        arrive("large", 10, 80, 1);
        arrive("small", 11, 2, 9);

        assertThat(index.best(work, START).map(OrderKey::jobId)).contains(new JobId("large"));
    }

    /** Ten seconds at its floor, and more than anybody has beyond. */
    private void arriveWithDepth(String id, int due) {
        QualityCurve curve = new QualityCurve(20, new double[] {29, 30}, new double[] {1, 1000});
        arrive(index, request(id, due), curve, 10);
    }

    private void arrive(String id, int due, double seconds, double gain) {
        arrive(index, id, due, seconds, gain);
    }

    private void arrive(WaitingIndex queue, String id, int due, double seconds, double gain) {
        arrive(
                queue,
                request(id, due),
                new QualityCurve(20, new double[] {20 + gain}, new double[] {1}),
                seconds);
    }

    private void arrive(
            WaitingIndex queue, RestorationRequest request, QualityCurve curve, double seconds) {
        JobFacts facts =
                new JobFacts(
                        new Depth.Automatic(),
                        1,
                        curve,
                        seconds,
                        Seconds.ofDeadline(request.terms().deadline()));
        queue.add(request);
        work.arrived(OrderKey.of(request), facts, SERVICE, START);
    }

    private void leave(String id, int due) {
        index.remove(request(id, due));
        work.left(new JobId(id));
    }

    private double load(String id, int due) {
        return load(id, due, START);
    }

    private double load(String id, int due, Instant now) {
        return work.load(OrderKey.of(request(id, due)), SERVICE, 6, now).spareSeconds();
    }

    private static RestorationRequest request(String id, int due) {
        return job(id).deadline(START.plusSeconds(due), OnMiss.DEGRADE).submitted(START).request();
    }
}

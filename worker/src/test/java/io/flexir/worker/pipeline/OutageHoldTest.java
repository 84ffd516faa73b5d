package io.flexir.worker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.ControlRecord.CancelJob;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.Failure;
import io.flexir.worker.control.Cancellations;
import io.flexir.worker.intake.Delivery;
import io.flexir.worker.metrics.WorkerMetrics;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

class OutageHoldTest {
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong nanos = new AtomicLong();
    private final OutageHold hold =
            new OutageHold(
                    Duration.ofNanos(1), Duration.ofMinutes(1), new WorkerMetrics(), nanos::get);

    @Test
    void asks_until_the_store_answers() {
        Step<Integer> step = ask(Jobs.job(), 3);

        assertThat(step).isEqualTo(Step.done(3));
    }

    @Test
    void fails_the_job_when_the_outage_outlasts_the_bound() {
        Step<Integer> step =
                hold.ask(
                        Jobs.job(),
                        () -> {
                            nanos.addAndGet(Duration.ofSeconds(20).toNanos());
                            return requests.incrementAndGet();
                        },
                        answer -> Optional.of("down"));

        assertThat(failure(step)).isEqualTo(Failure.Reason.STORAGE);
        assertThat(requests).hasValue(4);
    }

    @Test
    void hands_the_order_back_when_the_worker_stops() {
        Delivery delivery = Jobs.delivery(Terms.DEFAULT);
        delivery.wantBack();

        Step<Integer> step = ask(Jobs.job(delivery, new Cancellations()), 3);

        assertThat(step).isEqualTo(Step.ended(new JobEnd.HandedBack()));
    }

    @Test
    void lets_a_held_job_be_cancelled() {
        Cancellations cancellations = new Cancellations();
        cancellations.add(new CancelJob(Jobs.ID, Jobs.TENANT, Jobs.NOW));

        Step<Integer> step = ask(Jobs.job(Jobs.delivery(Terms.DEFAULT), cancellations), 3);

        assertThat(step).isEqualTo(Step.ended(new JobEnd.Cancelled()));
    }

    @Test
    void fails_a_held_job_at_its_deadline_if_that_is_what_its_terms_say() {
        Terms terms = new Terms(PriorityClass.STANDARD, Jobs.NOW.minusMillis(1), 1, OnMiss.FAIL);

        Step<Integer> step = ask(Jobs.job(Jobs.delivery(terms), new Cancellations()), 3);

        assertThat(failure(step)).isEqualTo(Failure.Reason.DEADLINE);
    }

    @Test
    void goes_on_holding_a_late_job_that_may_be_late() {
        Terms terms = new Terms(PriorityClass.STANDARD, Jobs.NOW.minusMillis(1), 1, OnMiss.LATE);

        Step<Integer> step = ask(Jobs.job(Jobs.delivery(terms), new Cancellations()), 3);

        assertThat(step).isEqualTo(Step.done(3));
    }

    /** A store that answers at the {@code n}th request. */
    private Step<Integer> ask(Job job, int n) {
        return hold.ask(
                job,
                requests::incrementAndGet,
                answer -> answer < n ? Optional.of("down") : Optional.empty());
    }

    private static Failure.Reason failure(Step<?> step) {
        assertThat(step).isInstanceOf(Step.Ended.class);
        JobEnd end = ((Step.Ended<?>) step).end();
        assertThat(end).isInstanceOf(JobEnd.Failed.class);
        return ((JobEnd.Failed) end).failure().reason();
    }
}

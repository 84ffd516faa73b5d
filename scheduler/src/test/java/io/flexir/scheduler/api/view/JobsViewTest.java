package io.flexir.scheduler.api.view;

import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.api.Samples;

import org.junit.jupiter.api.Test;

import java.time.Duration;

class JobsViewTest {
    private final JobsView view = new JobsView(limits(3, 100));

    @Test
    void counts_jobs_that_have_not_ended() {
        view.apply(Samples.queued("a", START));
        view.apply(Samples.queued("b", START));
        view.apply(Samples.scheduled("b", 1, START));

        view.apply(Samples.succeeded("a", START));

        assertThat(view.waiting()).isEqualTo(1);
        assertThat(view.finished()).isEqualTo(1);
    }

    @Test
    void a_repeated_end_counts_once() {
        view.apply(Samples.succeeded("a", START));

        view.apply(Samples.succeeded("a", START));

        assertThat(view.waiting()).isZero();
        assertThat(view.finished()).isEqualTo(1);
    }

    @Test
    void a_submitted_job_is_queued_until_the_ledger_speaks() {
        view.submitted(Samples.request("a", START));

        assertThat(find("a").confirmed()).isFalse();
        assertThat(find("a").view().state()).isEqualTo(JobState.QUEUED);
        assertThat(view.waiting()).isEqualTo(1);

        view.apply(Samples.scheduled("a", 1, START));

        assertThat(find("a").confirmed()).isTrue();
        assertThat(view.waiting()).isEqualTo(1);
    }

    @Test
    void a_deleted_job_is_held_nowhere_and_what_is_dropped_by_a_bound_is_told() {
        view.apply(Samples.succeeded("a", START));
        view.apply(Samples.succeeded("b", START.plusSeconds(1)));

        view.forget(new JobId("a"));

        assertThat(view.finished()).isEqualTo(1);
        assertThat(view.heldSince(START)).isBefore(START);
    }

    @Test
    void a_failed_job_names_the_one_that_does_it_over_as_long_as_that_is_known() {
        JobId failed = new JobId("a");
        JobId retry = new JobId("b");
        view.apply(Samples.failed("a", START));

        view.submitted(Samples.request("a", START).retried(retry, START));
        assertThat(view.retryOf(failed)).contains(retry);
        view.forget(retry);

        assertThat(view.retryOf(failed)).isEmpty();
    }

    @Test
    void a_submission_does_not_overrule_the_ledger() {
        view.apply(Samples.succeeded("a", START));

        view.submitted(Samples.request("a", START));

        assertThat(find("a").view().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void a_submission_that_the_ledger_never_confirms_is_dropped_in_the_end() {
        view.submitted(Samples.request("a", START));
        view.submitted(Samples.request("b", START));
        view.apply(Samples.queued("b", START));

        view.sweep(START.plus(Duration.ofMinutes(16)));

        assertThat(view.find(new JobId("a"))).isEmpty();
        assertThat(view.find(new JobId("b"))).isPresent();
        assertThat(view.waiting()).isEqualTo(1);
    }

    @Test
    void the_oldest_ends_make_room_and_waiting_jobs_stay() {
        view.apply(Samples.queued("waiting", START));
        for (int job = 0; job < 5; job++) {
            view.apply(Samples.succeeded("ended-" + job, START.plusSeconds(job)));
        }

        int dropped = view.sweep(START);

        assertThat(dropped).isEqualTo(2);
        assertThat(view.find(new JobId("ended-1"))).isEmpty();
        assertThat(view.find(new JobId("ended-2"))).isPresent();
        assertThat(view.find(new JobId("waiting"))).isPresent();
        assertThat(view.orderOf(Samples.TENANT)).hasSize(4);
    }

    @Test
    void receipts_with_many_regions_are_bounded_by_their_regions() {
        JobsView narrow = new JobsView(limits(100, 5));
        for (int job = 0; job < 4; job++) {
            narrow.apply(Samples.succeeded("ended-" + job, START));
        }

        narrow.sweep(START);

        assertThat(narrow.finished()).isEqualTo(2);
    }

    @Test
    void an_old_end_is_dropped() {
        view.apply(Samples.succeeded("a", START));

        view.sweep(START.plus(Duration.ofDays(8)));

        assertThat(view.find(new JobId("a"))).isEmpty();
        assertThat(view.orderOf(Samples.TENANT)).isEmpty();
    }

    @Test
    void a_forgotten_job_is_gone_from_lists_and_counts() {
        view.apply(Samples.queued("a", START));

        view.forget(new JobId("a"));

        assertThat(view.find(new JobId("a"))).isEmpty();
        assertThat(view.waiting()).isZero();
        assertThat(view.orderOf(Samples.TENANT)).isEmpty();
    }

    @Test
    void jobs_of_one_instant_are_all_listed_in_an_order_that_stays() {
        view.apply(Samples.queued("b", START));
        view.apply(Samples.queued("a", START));
        view.apply(Samples.queued("b", START));

        assertThat(view.orderOf(Samples.TENANT))
                .extracting(position -> position.id().value())
                .containsExactly("a", "b");
    }

    @Test
    void lists_are_newest_first_and_each_tenants_own() {
        view.apply(Samples.queued("old", START));
        view.apply(Samples.queued("new", START.plusSeconds(1)));
        view.apply(Samples.queued(Samples.request("theirs", new TenantId("other"), START)));

        assertThat(view.orderOf(Samples.TENANT))
                .extracting(position -> position.id().value())
                .containsExactly("new", "old");
    }

    private JobsView.Entry find(String id) {
        return view.find(new JobId(id)).orElseThrow();
    }

    private static ViewLimits limits(int jobs, long regions) {
        return new ViewLimits(
                jobs, regions, Duration.ofDays(7), Duration.ofMinutes(15), Duration.ofSeconds(15));
    }
}

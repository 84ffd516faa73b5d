package io.flexir.scheduler.api.view;

import static io.flexir.scheduler.api.Samples.START;
import static io.flexir.scheduler.api.Samples.TENANT;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.JobId;
import io.flexir.scheduler.api.Samples;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

class ReadViewTest {
    private static final JobId A = new JobId("a");

    private final AtomicReference<Instant> now = new AtomicReference<>(START);
    private final ReadView view = new ReadView(ViewLimits.DEFAULT, Samples.fleetWork(), now::get);

    @Test
    void a_scheduled_job_that_a_heartbeat_names_is_running() {
        view.apply(Samples.scheduled("a", 1, START));

        view.apply(Samples.heartbeat("w1", START, Samples.inFlight("a", 1, 4)));

        assertThat(stateOf("a")).isEqualTo(JobState.RUNNING);
    }

    @Test
    void a_heartbeat_of_an_earlier_order_says_nothing_of_the_next() {
        view.apply(Samples.scheduled("a", 2, START));

        view.apply(Samples.heartbeat("w1", START, Samples.inFlight("a", 1, 4)));

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
    }

    @Test
    void a_worker_that_fell_silent_does_not_keep_a_job_running() {
        view.apply(Samples.scheduled("a", 1, START));
        view.apply(Samples.heartbeat("w1", START, Samples.inFlight("a", 1, 4)));

        now.set(START.plusSeconds(16));

        assertThat(stateOf("a")).isEqualTo(JobState.SCHEDULED);
        assertThat(view.silent(view.workers().getFirst())).isTrue();
    }

    @Test
    void a_worker_that_let_a_job_go_does_not_take_anothers_progress_away() {
        view.apply(Samples.scheduled("a", 1, START));
        view.apply(Samples.heartbeat("w1", START, Samples.inFlight("a", 1, 4)));
        view.apply(Samples.heartbeat("w2", START, Samples.inFlight("a", 1, 5)));

        view.apply(Samples.heartbeat("w1", START));

        assertThat(view.find(TENANT, A).orElseThrow().progress().workerId()).isEqualTo("w2");
    }

    @Test
    void an_ended_job_has_no_progress() {
        view.apply(Samples.succeeded("a", START));

        view.apply(Samples.heartbeat("w1", START, Samples.inFlight("a", 1, 4)));

        assertThat(view.find(TENANT, A).orElseThrow().progress()).isNull();
    }

    @Test
    void workers_that_were_long_silent_are_forgotten() {
        view.apply(Samples.heartbeat("w1", START));

        now.set(START.plus(Duration.ofMinutes(6)));
        view.sweep();

        assertThat(view.workers()).isEmpty();
    }

    @Test
    void pages_follow_each_other_without_gap_or_overlap() {
        for (int job = 0; job < 5; job++) {
            view.apply(Samples.queued(Samples.request("job-" + job, START.plusSeconds(job))));
        }
        List<String> seen = new ArrayList<>();
        PagePosition after = null;

        do {
            JobPage page = view.page(TENANT, all(), after, 2);
            page.jobs().forEach(job -> seen.add(job.id().value()));
            after = page.last();
        } while (after != null);

        assertThat(seen).containsExactly("job-4", "job-3", "job-2", "job-1", "job-0");
    }

    @Test
    void jobs_that_appear_while_a_client_turns_pages_do_not_disturb_it() {
        view.apply(Samples.queued("old", START));
        view.apply(Samples.queued("middle", START.plusSeconds(1)));
        JobPage first = view.page(TENANT, all(), null, 1);

        view.apply(Samples.queued("new", START.plusSeconds(2)));
        JobPage second = view.page(TENANT, all(), first.last(), 1);

        assertThat(first.jobs()).extracting(job -> job.id().value()).containsExactly("middle");
        assertThat(second.jobs()).extracting(job -> job.id().value()).containsExactly("old");
        assertThat(second.last()).isNull();
    }

    @Test
    void a_filter_sees_running_as_clients_do() {
        view.apply(Samples.scheduled("a", 1, START));
        view.apply(Samples.scheduled("b", 1, START));
        view.apply(Samples.heartbeat("w1", START, Samples.inFlight("a", 1, 4)));

        JobPage page =
                view.page(TENANT, new JobFilter(Set.of(JobState.RUNNING), null, null), null, 10);

        assertThat(page.jobs()).extracting(job -> job.id().value()).containsExactly("a");
    }

    @Test
    void a_filter_sees_the_model() {
        view.apply(Samples.queued("a", START));

        assertThat(view.page(TENANT, new JobFilter(Set.of(), "other", null), null, 10).jobs())
                .isEmpty();
        assertThat(view.page(TENANT, new JobFilter(Set.of(), Samples.MODEL, null), null, 10).jobs())
                .hasSize(1);
    }

    @Test
    void listeners_hear_of_views_and_heartbeats_until_they_leave() {
        AtomicInteger news = new AtomicInteger();
        var registration = view.listen(A, news::incrementAndGet);

        view.apply(Samples.scheduled("a", 1, START));
        view.apply(Samples.heartbeat("w1", START, Samples.inFlight("a", 1, 4)));
        view.apply(Samples.heartbeat("w1", START));
        view.apply(Samples.queued("b", START));
        registration.close();
        view.apply(Samples.succeeded("a", START));

        assertThat(news).hasValue(3);
    }

    @Test
    void an_unknown_job_is_waited_for() {
        CompletableFuture<Optional<JobSnapshot>> waiting =
                new JobAwaiter(view).await(TENANT, A, job -> true, Duration.ofSeconds(30));

        assertThat(waiting).isNotDone();
        view.apply(Samples.queued("a", START));

        assertThat(waiting.join()).map(JobSnapshot::id).contains(A);
    }

    @Test
    void patience_with_a_job_that_never_comes_ends() {
        CompletableFuture<Optional<JobSnapshot>> waiting =
                new JobAwaiter(view).await(TENANT, A, job -> true, Duration.ofMillis(10));

        assertThat(waiting.join()).isEmpty();
    }

    @Test
    void a_job_that_is_not_as_wanted_is_given_as_it_stands() {
        view.submitted(Samples.request("a", START));

        CompletableFuture<Optional<JobSnapshot>> waiting =
                new JobAwaiter(view)
                        .await(TENANT, A, JobSnapshot::confirmed, Duration.ofMillis(10));

        assertThat(waiting.join()).map(JobSnapshot::confirmed).contains(false);
    }

    @Test
    void a_cursor_comes_back_as_the_position_it_was() {
        PagePosition position = new PagePosition(START.plusNanos(123_456_789), A);

        assertThat(PagePosition.fromCursor(position.toCursor())).contains(position);
        assertThat(PagePosition.fromCursor("nonsense")).isEmpty();
        assertThat(PagePosition.fromCursor("%%%")).isEmpty();
    }

    private JobState stateOf(String id) {
        return view.find(TENANT, new JobId(id)).orElseThrow().state();
    }

    private static JobFilter all() {
        return new JobFilter(Set.of(), null, null);
    }
}

package io.flexir.scheduler.api.events;

import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.job.JobView;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.Progress;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

class JobEventsTest {
    private final JobEvents events = new JobEvents(null);

    @Test
    void a_job_is_told_from_queue_to_end() {
        assertThat(kind(known(Samples.queued("a", START)))).contains(JobEvent.Kind.STATE);
        assertThat(kind(known(Samples.scheduled("a", 1, at(1))))).contains(JobEvent.Kind.STATE);
        assertThat(kind(running(1, 2, 0))).contains(JobEvent.Kind.STATE);
        assertThat(kind(running(1, 3, 4))).contains(JobEvent.Kind.PROGRESS);
        assertThat(kind(known(Samples.succeeded("a", at(9))))).contains(JobEvent.Kind.FINAL);
    }

    @Test
    void a_heartbeat_without_progress_is_not_told() {
        kind(running(1, 2, 4));

        assertThat(kind(running(1, 3, 4))).isEmpty();
    }

    @Test
    void another_attempt_is_a_change_of_state() {
        kind(known(Samples.scheduled("a", 1, at(1))));

        assertThat(kind(known(Samples.scheduled("a", 2, at(2))))).contains(JobEvent.Kind.STATE);
    }

    @Test
    void a_view_that_is_older_than_what_was_told_is_not_told() {
        kind(known(Samples.scheduled("a", 1, at(1))));

        assertThat(kind(known(Samples.queued("a", START)))).isEmpty();
    }

    @Test
    void a_returning_client_is_told_only_what_is_newer() {
        JobEvents resumed = new JobEvents(EventId.of(running(1, 3, 4)));

        assertThat(resumed.next(running(1, 2, 3))).isEmpty();
        assertThat(resumed.next(running(1, 3, 4))).isEmpty();
        assertThat(resumed.next(running(1, 4, 5))).isPresent();
    }

    @Test
    void the_end_is_told_even_if_clocks_disagree() {
        JobEvents resumed = new JobEvents(new EventId(at(100).toEpochMilli(), 0));

        assertThat(resumed.next(known(Samples.succeeded("a", at(9)))))
                .map(JobEvent::kind)
                .contains(JobEvent.Kind.FINAL);
    }

    @Test
    void a_client_that_saw_the_end_is_known() {
        JobSnapshot ended = known(Samples.succeeded("a", at(9)));

        assertThat(new JobEvents(EventId.of(ended)).sawEnd(ended)).isTrue();
        assertThat(new JobEvents(EventId.of(running(1, 3, 4))).sawEnd(ended)).isFalse();
        assertThat(new JobEvents(null).sawEnd(ended)).isFalse();
    }

    @Test
    void ids_are_read_back_and_foreign_ones_are_none() {
        EventId id = EventId.of(running(1, 3, 4));

        assertThat(EventId.parse(id.toString())).contains(id);
        assertThat(EventId.parse("7")).isEmpty();
        assertThat(EventId.parse("1-2\n3")).isEmpty();
        assertThat(EventId.parse("99999999999999999999-1")).isEmpty();
    }

    @Test
    void a_frame_is_an_event_of_the_standard() {
        byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

        String frame = SseFrame.event(new EventId(7, 8), "state", json).toString();

        assertThat(frame).isEqualTo("id: 7-8\nevent: state\ndata: {\"a\":1}\n\n");
    }

    private Optional<JobEvent.Kind> kind(JobSnapshot job) {
        return events.next(job).map(JobEvent::kind);
    }

    private static JobSnapshot known(JobView view) {
        return new JobSnapshot(view, true, null);
    }

    private static JobSnapshot running(int scheduledAt, int heardAt, int regionsDone) {
        return new JobSnapshot(
                Samples.scheduled("a", 1, at(scheduledAt)),
                true,
                new Progress("w1", Samples.inFlight("a", 1, regionsDone), at(heardAt)));
    }

    private static Instant at(int seconds) {
        return START.plusSeconds(seconds);
    }
}

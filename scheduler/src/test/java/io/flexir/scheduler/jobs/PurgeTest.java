package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.ControlRecord.CancelJob;
import io.flexir.contracts.control.ControlRecord.PurgeJob;
import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Jobs that are to be gone: what the ledger does with them, and when. */
class PurgeTest {
    private final Laboratory lab = new Laboratory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void a_job_that_has_ended_leaves_ledger_and_view() {
        lab.worker(1, 1);
        lab.submit(job("a"), job("b"));
        lab.report(Reports.restored("a", 1));
        lab.viewKeys();

        lab.purge("a");
        lab.tick();

        assertThat(lab.ledger()).extracting(entry -> entry.key).containsExactly("b");
        assertThat(lab.viewKeys()).containsExactly("-a");
        assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Restored.class);
        assertThat(lab.events.purged).isEqualTo(1);
    }

    @Test
    void a_job_that_waits_is_taken_back_first() {
        lab.submit(job("a"));

        lab.purge("a");
        lab.tick();

        assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Cancelled.class);
        assertThat(lab.ledger()).isEmpty();
        assertThat(lab.viewKeys()).endsWith("-a");
    }

    @Test
    void a_job_that_a_worker_holds_is_gone_once_the_worker_has_let_it_go() {
        lab.worker(1, 1);
        lab.submit(job("a"));

        lab.purge("a");
        lab.tick();
        assertThat(lab.ledger()).hasSize(1);
        lab.report(Reports.cancelled("a", 1));
        lab.tick();

        assertThat(lab.ledger()).isEmpty();
        assertThat(lab.viewKeys()).endsWith("-a");
    }

    @Test
    void what_was_said_of_a_job_goes_with_it() {
        lab.worker(1, 1);
        lab.submit(job("a"));
        lab.report(Reports.restored("a", 1));
        lab.control(new RateJob(new JobId("a"), Requests.TENANT, 5, null, lab.now()));
        lab.controlKeys();

        lab.purge("a");
        lab.tick();

        assertThat(lab.controlKeys())
                .contains(RateJob.keyOf(new JobId("a")), CancelJob.keyOf(new JobId("a")));
    }

    @Test
    void a_request_that_is_read_late_is_gone_too() {
        lab.purge("a");
        lab.tick();

        lab.submit(job("a"));
        lab.tick();

        assertThat(lab.orders()).isEmpty();
        assertThat(lab.ledger()).isEmpty();
        assertThat(lab.viewKeys()).endsWith("-a");
    }

    @Test
    void a_report_that_comes_late_brings_nothing_back() {
        lab.worker(1, 1);
        lab.submit(job("a"));
        lab.report(Reports.restored("a", 1));
        lab.purge("a");
        lab.tick();
        lab.viewKeys();

        lab.report(Reports.restored("a", 1));
        lab.tick();

        assertThat(lab.ledger()).isEmpty();
        assertThat(lab.viewKeys()).isEmpty();
    }

    @Test
    void a_scheduler_that_takes_over_lets_go_what_was_to_be_gone() {
        lab.worker(1, 1);
        lab.submit(job("a"));
        lab.report(Reports.restored("a", 1));
        try (Laboratory heir = Laboratory.restarted(lab)) {
            heir.purge("a");
            heir.tick();

            assertThat(heir.ledger()).isEmpty();
            assertThat(heir.viewKeys()).containsExactly("-a");
        }
    }

    @Test
    void once_the_wish_is_forgotten_the_same_id_is_a_new_job() {
        lab.worker(1, 1);
        lab.submit(job("a"));
        lab.report(Reports.restored("a", 1));
        lab.purge("a");
        lab.tick();
        lab.orders();
        lab.write(Topics.CONTROL, PurgeJob.keyOf(new JobId("a")), MessageType.CONTROL, null);

        lab.submit(job("a"));
        lab.tick();

        assertThat(lab.orderedJobs()).containsExactly("a");
    }
}

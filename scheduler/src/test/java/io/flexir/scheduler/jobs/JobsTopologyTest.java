package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.START;
import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.scheduler.bundles.Manifests;
import io.flexir.scheduler.load.FleetWatch;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

class JobsTopologyTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private Laboratory lab = new Laboratory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Nested
    class Admit {
        @Test
        void a_request_waits_until_a_worker_lives() {
            lab.submit(job("a"));

            assertThat(lab.orders()).isEmpty();
            assertThat(lab.views())
                    .singleElement()
                    .satisfies(
                            view -> {
                                assertThat(view.state()).isEqualTo(JobState.QUEUED);
                                assertThat(view.request()).isEqualTo(job("a").request());
                            });
        }

        @Test
        void the_same_job_is_admitted_once() {
            lab.submit(job("a"), job("a"));

            assertThat(lab.views()).hasSize(1);
            assertThat(lab.events.duplicateRequests).isEqualTo(1);
        }

        @Test
        void an_ended_job_is_not_started_again_by_its_own_request() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.report(Reports.restored("a", 1));

            lab.submit(job("a"));

            assertThat(lab.orders()).hasSize(1);
            assertThat(lab.outcomes()).hasSize(1);
        }

        @Test
        void a_record_without_a_key_is_known_by_its_job_id() {
            lab.submit(null, job("a").request());

            assertThat(lab.views())
                    .extracting(view -> view.request().jobId().value())
                    .containsExactly("a");
        }

        @Test
        void a_key_that_is_not_the_job_id_is_rejected_under_the_key() {
            lab.submit("b", job("a").request());

            assertThat(lab.outcomes())
                    .singleElement()
                    .satisfies(
                            outcome -> {
                                assertThat(outcome.jobId()).isEqualTo(new JobId("b"));
                                assertThat(reasonOf(outcome))
                                        .isEqualTo(Rejection.Reason.INVALID_REQUEST);
                            });
        }

        @Test
        void an_unknown_model_is_rejected_with_the_names_of_those_there_are() {
            lab.submit(job("a").model("paint-it-black"));

            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Rejected.class,
                            rejected -> {
                                assertThat(rejected.rejection().reason())
                                        .isEqualTo(Rejection.Reason.UNKNOWN_MODEL);
                                assertThat(rejected.rejection().detail())
                                        .contains("paint-it-black", Laboratory.MODEL);
                            });
            assertThat(lab.views()).extracting(JobView::state).containsExactly(JobState.REJECTED);
        }

        @Test
        void depths_that_the_model_does_not_have_are_rejected() {
            lab.submit(job("a").depth(new Depth.Fixed(7)), job("b").floor(7));
            lab.submit(job("c").depth(new Depth.Fixed(2)).floor(3));

            assertThat(lab.outcomes())
                    .extracting(JobsTopologyTest::reasonOf)
                    .containsOnly(Rejection.Reason.INVALID_REQUEST)
                    .hasSize(3);
        }

        @Test
        void more_waiting_jobs_than_the_bound_fail_as_overloaded() {
            lab.close();
            lab = new Laboratory(Laboratory.rules(new BudgetPolicy.Load(30), 2), START);

            lab.submit(job("a"), job("b"), job("c"));

            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed ->
                                    assertThat(failed.failure().reason())
                                            .isEqualTo(Failure.Reason.OVERLOADED));
        }

        @Test
        void bytes_that_are_no_message_are_set_aside_and_stop_nothing() {
            byte[] noise = {(byte) 0xff, 0, 1, 2};
            lab.writeBytes(Topics.REQUESTS, "a", noise);
            lab.writeBytes(Topics.REPORTS, "a", "{}".getBytes(StandardCharsets.UTF_8));
            lab.writeBytes(Topics.REQUESTS, "no job id\n", noise);
            lab.writeBytes(Topics.REQUESTS, "next\u0085line", noise);
            lab.writeBytes(Topics.REQUESTS, null, null);

            lab.submit(job("b"));

            assertThat(lab.views()).hasSize(1);
            assertThat(lab.events.deadLetters).isEqualTo(5);
            assertThat(lab.deadLetters())
                    .hasSize(5)
                    .first()
                    .satisfies(
                            letter -> {
                                assertThat(letter.topic()).isEqualTo(Topics.REQUESTS);
                                assertThat(letter.reason()).contains("ce_type");
                                assertThat(letter.bytes()).isEqualTo(noise);
                            });
        }
    }

    @Nested
    class Dispatch {
        @Test
        void a_job_is_ordered_at_full_depth_in_an_idle_fleet() {
            lab.worker(1, 1);

            lab.submit(job("a").depth(new Depth.Adaptive(1.05)).floor(2));

            WorkOrder order = lab.orders().getFirst();
            assertThat(order.request().jobId()).isEqualTo(new JobId("a"));
            assertThat(order.budget()).isEqualTo(new PointerBudget(2, Laboratory.DEPTH));
            assertThat(order.inference()).isEqualTo(new Inference.Adaptive(1.05));
            assertThat(order.attempt()).isEqualTo(1);
            assertThat(order.models())
                    .extracting(GrantedModel::digest)
                    .containsExactly(Manifests.digest(Laboratory.MODEL));
            assertThat(order.policyVersion()).startsWith("load-30.0s@");
            assertThat(lab.views()).extracting(JobView::state).containsExactly(JobState.SCHEDULED);
        }

        @Test
        void a_job_that_had_to_wait_is_shown_queued_and_then_scheduled() {
            lab.submit(job("a"));

            lab.worker(1, 1);
            lab.pass(SECOND);

            assertThat(lab.views())
                    .extracting(JobView::state)
                    .containsExactly(JobState.QUEUED, JobState.SCHEDULED);
        }

        @Test
        void orders_out_are_twice_the_slots_and_an_end_makes_room_for_the_next() {
            lab.worker(1, 1);

            lab.submit(job("a"), job("b"), job("c"), job("d"));
            assertThat(lab.orderedJobs()).containsExactly("a", "b");

            lab.report(Reports.rejected("b", 1));
            assertThat(lab.orderedJobs()).containsExactly("c");
        }

        @Test
        void who_is_due_first_goes_first_and_without_a_deadline_the_class_says_when() {
            lab.submit(
                    job("bulk").priority(PriorityClass.BULK),
                    job("later").submitted(START.plusSeconds(1)),
                    job("earlier"),
                    job("far").deadline(START.plusSeconds(900), OnMiss.DEGRADE),
                    job("near").deadline(START.plusSeconds(60), OnMiss.DEGRADE),
                    job("urgent").priority(PriorityClass.INTERACTIVE));

            lab.worker(3, 3);
            lab.tick();

            assertThat(lab.orderedJobs())
                    .containsExactly("urgent", "near", "earlier", "later", "far", "bulk");
        }

        @Test
        void nothing_is_ordered_from_workers_that_fell_silent() {
            lab.worker(1, 1);
            lab.pass(Duration.ofSeconds(11));

            lab.submit(job("a"));
            assertThat(lab.orders()).isEmpty();

            lab.worker(1, 1);
            lab.tick();
            assertThat(lab.orders()).hasSize(1);
        }

        @Test
        void no_job_goes_deeper_than_its_target_which_is_no_loss() {
            lab.worker(5, 5);

            lab.submit(
                    job("automatic").target(3),
                    job("adaptive").depth(new Depth.Adaptive(1.05)).floor(3).target(3),
                    job("beyond").target(60),
                    job("fixed").depth(new Depth.Fixed(4)).target(3));
            List<WorkOrder> orders = lab.orders();
            orders.forEach(
                    order ->
                            lab.report(
                                    Reports.restored(
                                            order.jobId().value(), 1, order.budget(), false)));

            assertThat(orders)
                    .extracting(WorkOrder::budget)
                    .containsExactly(
                            new PointerBudget(1, 3),
                            new PointerBudget(3, 3),
                            new PointerBudget(1, Laboratory.DEPTH));
            assertThat(lab.outcomes())
                    .hasSize(4)
                    .anySatisfy(end -> assertThat(end).isInstanceOf(Outcome.Rejected.class))
                    .filteredOn(end -> end instanceof Outcome.Restored)
                    .noneMatch(end -> ((Outcome.Restored) end).degraded());
        }

        @Test
        void a_fixed_depth_is_granted_as_asked_however_much_waits() {
            lab.worker(1, 1);
            fillBacklog();

            lab.submit(
                    job("fixed")
                            .priority(PriorityClass.INTERACTIVE)
                            .depth(new Depth.Fixed(5))
                            .floor(3));
            lab.report(Reports.restored("busy-1", 1));

            assertThat(lab.orders().getLast().budget()).isEqualTo(new PointerBudget(3, 5));
        }

        @Test
        void a_backlog_makes_grants_shallower_down_to_the_floor_and_never_under() {
            fillBacklog();
            lab.submit(job("z").floor(2).priority(PriorityClass.INTERACTIVE));

            lab.worker(1, 1);
            lab.pass(SECOND);

            assertThat(lab.orders().getFirst().budget()).isEqualTo(new PointerBudget(2, 2));
        }

        @Test
        void a_shallow_grant_makes_the_outcome_degraded() {
            fillBacklog();
            lab.worker(1, 1);
            lab.pass(SECOND);
            WorkOrder order = lab.orders().getFirst();

            lab.report(Reports.restored(order.jobId().value(), 1, order.budget(), false));

            assertThat(order.budget().target()).isLessThan(Laboratory.DEPTH);
            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Restored.class, end -> assertThat(end.degraded()).isTrue());
        }

        @Test
        void a_shallow_grant_makes_it_degraded_also_when_the_report_comes_late() {
            fillBacklog();
            lab.worker(1, 1);
            lab.pass(SECOND);
            WorkOrder order = lab.orders().getFirst();
            String id = order.jobId().value();
            lab.report(Reports.failed(id, 1, Failure.Reason.ENGINE));

            lab.report(Reports.restored(id, 1, order.budget(), false));

            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Restored.class, end -> assertThat(end.degraded()).isTrue());
        }

        @Test
        void the_policy_can_be_changed_while_running_and_taken_back() {
            lab.worker(5, 5);

            lab.control(
                    new ControlRecord.ChangePolicy("default", new BudgetPolicy.Fixed(3), START));
            lab.submit(job("a"));
            lab.write(Topics.CONTROL, "policy/default", MessageType.CONTROL, null);
            lab.submit(job("b"));

            assertThat(lab.orders())
                    .extracting(order -> order.budget().target())
                    .containsExactly(3, Laboratory.DEPTH);
            assertThat(lab.events.policies)
                    .containsExactly(
                            new BudgetPolicy.Load(30),
                            new BudgetPolicy.Fixed(3),
                            new BudgetPolicy.Load(30));
        }

        @Test
        void each_step_of_what_is_decided_by_is_told() {
            lab.worker(1, 1);
            lab.pass(Duration.ofSeconds(1));
            fillBacklog();

            lab.pass(Duration.ofSeconds(3), () -> lab.worker(1, 0));
            lab.pass(Duration.ofSeconds(20));

            assertThat(lab.events.workers)
                    .containsExactly(FleetWatch.Kind.JOINED, FleetWatch.Kind.SILENT);
            assertThat(lab.events.levels).startsWith("6->5", "5->4");
        }

        @Test
        void a_job_that_would_rather_fail_than_be_late_fails_while_it_waits() {
            lab.submit(job("a").deadline(START.plusSeconds(5), OnMiss.FAIL));

            lab.pass(Duration.ofSeconds(6));

            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed ->
                                    assertThat(failed.failure().reason())
                                            .isEqualTo(Failure.Reason.DEADLINE));
        }

        @Test
        void a_version_that_came_into_force_is_recorded_once() {
            lab.control(
                    new ControlRecord.ActivateBundle(
                            Laboratory.MODEL,
                            Manifests.digest(Laboratory.MODEL),
                            null,
                            0.5,
                            START));

            lab.pass(SECOND);
            lab.pass(SECOND);

            assertThat(lab.controlKeys()).containsExactly("bundle/" + Laboratory.MODEL);
        }

        @Test
        void without_a_deadline_it_waits_as_any_other() {
            lab.submit(job("a").deadline(null, OnMiss.FAIL));

            lab.pass(Duration.ofHours(2));

            assertThat(lab.outcomes()).isEmpty();
        }

        /** 500 jobs of a megapixel: 1500 to 4000 GMACs, 75 to 200 seconds at 20 GMAC/s. */
        private void fillBacklog() {
            for (int i = 1; i <= 500; i++) {
                lab.submit(job("busy-" + i));
            }
        }
    }

    @Nested
    class Settle {
        @Test
        void the_first_report_ends_the_job_and_others_are_dropped() {
            lab.worker(1, 1);
            lab.submit(job("a"));

            lab.report(Reports.restored("a", 1));
            lab.report(Reports.restored("a", 1));
            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));

            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Restored.class,
                            end -> {
                                assertThat(end.late()).isFalse();
                                assertThat(end.degraded()).isFalse();
                            });
            assertThat(lab.views().getLast().outcome()).isInstanceOf(Outcome.Restored.class);
            assertThat(lab.events.droppedReports).isEqualTo(2);
        }

        @Test
        void a_report_of_an_unknown_job_is_dropped() {
            lab.report(Reports.restored("a", 1));

            assertThat(lab.outcomes()).isEmpty();
            assertThat(lab.events.droppedReports).isEqualTo(1);
        }

        @Test
        void an_outcome_after_the_deadline_is_late() {
            lab.worker(1, 1);
            lab.submit(job("a").deadline(START.plusSeconds(5), OnMiss.DEGRADE));
            lab.pass(Duration.ofSeconds(6));

            lab.report(Reports.restored("a", 1));

            assertThat(((Outcome.Restored) lab.outcomes().getFirst()).late()).isTrue();
        }

        @ParameterizedTest
        @EnumSource(
                value = Failure.Reason.class,
                names = {"ENGINE", "STORAGE", "INTERNAL"})
        void what_may_pass_is_tried_three_times(Failure.Reason reason) {
            lab.worker(1, 1);
            lab.submit(job("a"));

            lab.report(Reports.failed("a", 1, reason));
            lab.pass(SECOND);
            lab.report(Reports.failed("a", 2, reason));
            lab.pass(SECOND.multipliedBy(2));
            assertThat(lab.outcomes()).isEmpty();
            lab.report(Reports.failed("a", 3, reason));

            assertThat(lab.orders()).extracting(WorkOrder::attempt).containsExactly(1, 2, 3);
            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Failed.class);
        }

        @Test
        void a_failed_job_is_left_alone_for_a_while_that_doubles() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            assertThat(lab.orders()).hasSize(1);

            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));
            lab.pass(Duration.ofMillis(980));
            assertThat(lab.orders()).isEmpty();
            lab.pass(Duration.ofMillis(20));
            assertThat(lab.orders()).extracting(WorkOrder::attempt).containsExactly(2);

            lab.report(Reports.failed("a", 2, Failure.Reason.ENGINE));
            lab.pass(Duration.ofMillis(1980));
            assertThat(lab.orders()).isEmpty();
            lab.pass(Duration.ofMillis(20));
            assertThat(lab.orders()).extracting(WorkOrder::attempt).containsExactly(3);
        }

        @Test
        void a_fault_that_all_jobs_meet_does_not_multiply_their_orders() {
            lab.worker(100, 100);
            for (int i = 0; i < 200; i++) {
                lab.submit(job("job-" + i));
            }
            assertThat(lab.orders()).hasSize(200);

            for (int i = 0; i < 200; i++) {
                lab.report(Reports.failed("job-" + i, 1, Failure.Reason.ENGINE));
            }

            assertThat(lab.outcomes())
                    .hasSize(40)
                    .allSatisfy(
                            outcome ->
                                    assertThat(((Outcome.Failed) outcome).failure().detail())
                                            .startsWith("Not tried again"));
            assertThat(lab.events.retriesRefused).isEqualTo(40);

            for (int i = 200; i < 300; i++) {
                lab.submit(job("job-" + i));
            }
            assertThat(lab.orders()).hasSize(100).allMatch(order -> order.attempt() == 1);
            for (int i = 200; i < 300; i++) {
                lab.report(Reports.failed("job-" + i, 1, Failure.Reason.ENGINE));
            }

            assertThat(lab.outcomes()).as("a fifth of the first orders is paid for").hasSize(80);
            assertThat(lab.events.retriesRefused).isEqualTo(120);
            lab.pass(SECOND, () -> lab.worker(100, 100));
            assertThat(lab.orders()).hasSize(101).allMatch(order -> order.attempt() == 2);
            lab.pass(SECOND.multipliedBy(10), () -> lab.worker(100, 100));
            assertThat(lab.orders()).hasSize(10);
        }

        @Test
        void others_do_not_wait_for_a_job_that_is_left_alone() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));

            lab.submit(job("b"), job("c"));

            assertThat(lab.orders())
                    .extracting(order -> order.jobId().value())
                    .containsExactly("a", "b", "c");
        }

        @Test
        void a_job_that_is_left_alone_can_be_taken_back() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));

            lab.cancel("a");
            lab.pass(Duration.ofMinutes(1));

            assertThat(lab.orders()).hasSize(1);
            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Cancelled.class);
        }

        @Test
        void a_job_that_would_rather_fail_than_be_late_fails_while_it_is_left_alone() {
            lab.worker(1, 1);
            lab.submit(job("a").deadline(START.plusMillis(500), OnMiss.FAIL));
            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));
            assertThat(lab.outcomes()).isEmpty();

            lab.pass(Duration.ofMillis(520));

            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed ->
                                    assertThat(failed.failure().reason())
                                            .isEqualTo(Failure.Reason.DEADLINE));
            lab.pass(SECOND);
            assertThat(lab.orders()).hasSize(1);
        }

        @Test
        void a_scheduler_that_takes_over_leaves_a_failed_job_alone_as_long() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));
            try (Laboratory heir = Laboratory.restarted(lab)) {
                heir.worker(1, 1);

                heir.pass(Duration.ofMillis(980));
                assertThat(heir.orders()).isEmpty();
                heir.pass(Duration.ofMillis(20));

                assertThat(heir.orders()).extracting(WorkOrder::attempt).containsExactly(2);
            }
        }

        @ParameterizedTest
        @EnumSource(
                value = Failure.Reason.class,
                names = {"DEADLINE", "POISON"})
        void what_cannot_pass_is_not_tried_again(Failure.Reason reason) {
            lab.worker(1, 1);
            lab.submit(job("a"));

            lab.report(Reports.failed("a", 1, reason));

            assertThat(lab.orders()).hasSize(1);
            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Failed.class);
        }

        @Test
        void an_older_attempt_may_restore_the_job_but_not_fail_it() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));
            lab.pass(SECOND);

            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));
            assertThat(lab.orders()).hasSize(2);
            lab.report(Reports.restored("a", 1));

            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Restored.class);
        }

        @Test
        void a_report_too_large_to_be_repeated_in_a_view_is_set_aside() {
            lab.writeBytes(Topics.REPORTS, "a", new byte[800 * 1024]);

            assertThat(lab.deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.reason()).contains("bytes"));
        }

        @Test
        void instants_beyond_all_reason_stop_nothing() {
            lab.worker(1, 1);
            lab.submit(job("a").submitted(Instant.MIN).deadline(Instant.MAX, OnMiss.FAIL));
            lab.submit(job("b").submitted(Instant.MAX).deadline(Instant.MIN, OnMiss.DEGRADE));

            lab.report(Reports.restored("a", 1));
            lab.report(Reports.restored("b", 1));

            assertThat(lab.outcomes()).hasSize(2);
        }

        @Test
        void ended_jobs_are_forgotten_after_a_while() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.report(Reports.restored("a", 1));
            assertThat(lab.ledger()).hasSize(1);

            lab.pass(Duration.ofMinutes(61));

            assertThat(lab.ledger()).isEmpty();
        }
    }

    @Nested
    class Cancel {
        @Test
        void a_queued_job_ends_at_once() {
            lab.submit(job("a"));

            lab.cancel("a");
            lab.tick();

            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Cancelled.class);
            assertThat(lab.views().getLast().state()).isEqualTo(JobState.CANCELLED);
        }

        @Test
        void a_cancellation_that_comes_before_its_request_holds() {
            lab.cancel("a");
            lab.worker(1, 1);

            lab.submit(job("a"));

            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Cancelled.class);
            assertThat(lab.orders()).isEmpty();
        }

        @Test
        void nobody_cancels_the_jobs_of_another_tenant() {
            lab.submit(job("a"));

            lab.control(new ControlRecord.CancelJob(new JobId("a"), new TenantId("thief"), START));
            lab.tick();

            assertThat(lab.outcomes()).isEmpty();
        }

        @Test
        void an_ordered_job_ends_when_its_worker_says_so() {
            lab.worker(1, 1);
            lab.submit(job("a"));

            lab.cancel("a");
            lab.tick();
            assertThat(lab.outcomes()).isEmpty();
            lab.report(Reports.cancelled("a", 1));

            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Cancelled.class);
        }

        @Test
        void a_failure_of_a_cancelled_job_is_not_tried_again() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.cancel("a");

            lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));

            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Cancelled.class);
        }

        @Test
        void a_cancelled_order_that_no_worker_holds_is_ended_by_the_watchdog() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.cancel("a");

            lab.pass(Duration.ofSeconds(62), () -> lab.worker(1, 1));

            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Cancelled.class);
            assertThat(lab.orders()).hasSize(1);
        }

        @Test
        void a_cancelled_order_ends_when_there_is_no_worker_left_to_see_it() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.cancel("a");

            lab.pass(Duration.ofSeconds(12));

            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Cancelled.class);
        }

        @Test
        void the_record_of_a_cancellation_goes_when_its_job_is_forgotten() {
            lab.submit(job("a"));
            lab.cancel("a");
            lab.tick();

            lab.pass(Duration.ofMinutes(61));

            assertThat(lab.controlKeys()).containsExactly("cancel/a");
        }
    }

    @Nested
    class Watch {
        @Test
        void an_order_that_nobody_holds_though_there_is_room_is_sent_again() {
            lab.worker(1, 1);
            lab.submit(job("a"));

            lab.pass(Duration.ofSeconds(59), () -> lab.worker(1, 1));
            assertThat(lab.orders()).hasSize(1);
            lab.pass(Duration.ofSeconds(3), () -> lab.worker(1, 1));

            assertThat(lab.orders()).extracting(WorkOrder::attempt).containsExactly(2);
        }

        @Test
        void an_order_that_a_worker_names_is_left_to_it() {
            lab.worker(1, 1);
            lab.submit(job("a"));

            lab.pass(Duration.ofMinutes(15), () -> lab.worker(2, 1, "a"));

            assertThat(lab.orders()).hasSize(1);
        }

        @Test
        void an_order_may_wait_long_while_every_slot_is_taken_but_not_for_ever() {
            lab.worker(1, 1);
            lab.submit(job("a"));

            lab.pass(Duration.ofSeconds(590), () -> lab.worker(1, 0));
            assertThat(lab.orders()).hasSize(1);
            lab.pass(Duration.ofSeconds(15), () -> lab.worker(1, 0));

            assertThat(lab.orders()).hasSize(1);
        }

        @Test
        void while_every_worker_pauses_nothing_is_ordered_and_no_order_counts_as_lost() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            assertThat(lab.orders()).hasSize(1);

            lab.pausedWorker(1);
            lab.submit(job("b"));
            lab.pass(Duration.ofMinutes(30), () -> lab.pausedWorker(1));
            assertThat(lab.orders()).isEmpty();
            lab.worker(1, 1);
            lab.pass(SECOND);

            assertThat(lab.orders())
                    .singleElement()
                    .satisfies(order -> assertThat(order.jobId().value()).isEqualTo("b"));
        }

        @Test
        void an_order_waits_as_long_as_there_is_no_worker() {
            lab.worker(1, 1);
            lab.submit(job("a"));
            lab.pass(Duration.ofHours(1));

            lab.worker(1, 1);
            lab.pass(SECOND);

            assertThat(lab.orders()).hasSize(1);
        }

        @Test
        void a_job_that_would_rather_fail_than_be_late_fails_while_nobody_takes_its_order() {
            lab.worker(1, 1);
            lab.submit(job("a").deadline(START.plusSeconds(5), OnMiss.FAIL));

            lab.pass(Duration.ofSeconds(7), () -> lab.worker(1, 0));
            assertThat(lab.outcomes()).isEmpty();
            lab.pass(Duration.ofSeconds(3), () -> lab.worker(1, 0));
            lab.report(Reports.restored("a", 1));

            assertThat(lab.orders()).hasSize(1);
            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed ->
                                    assertThat(failed.failure().reason())
                                            .isEqualTo(Failure.Reason.DEADLINE));
            assertThat(lab.events.droppedReports).isEqualTo(1);
        }

        @Test
        void it_goes_on_where_a_worker_holds_it() {
            lab.worker(1, 1);
            lab.submit(job("a").deadline(START.plusSeconds(5), OnMiss.FAIL));

            lab.pass(Duration.ofSeconds(10), () -> lab.worker(1, 0, "a"));
            assertThat(lab.outcomes()).isEmpty();
            lab.report(Reports.restored("a", 1));

            assertThat(lab.outcomes()).singleElement().isInstanceOf(Outcome.Restored.class);
        }

        @Test
        void a_job_lost_three_times_fails_while_others_are_taken() {
            lab.worker(2, 1);
            lab.submit(job("a"), job("b"));

            lab.pass(Duration.ofMinutes(4), () -> lab.worker(2, 1, "b"));

            assertThat(lab.outcomes())
                    .singleElement()
                    .isInstanceOfSatisfying(
                            Outcome.Failed.class,
                            failed ->
                                    assertThat(failed.failure().reason())
                                            .isEqualTo(Failure.Reason.WORKER_LOST));
        }

        @Test
        void a_job_is_not_blamed_for_a_pool_that_takes_nothing() {
            lab.worker(2, 2);
            lab.submit(job("a"), job("b"));

            lab.pass(Duration.ofMinutes(30), () -> lab.worker(2, 2));

            assertThat(lab.outcomes()).isEmpty();
            assertThat(lab.orders())
                    .as("asked again and again, at the pace of its patience")
                    .hasSizeBetween(2 * 20, 2 * 30);
        }
    }

    @Nested
    class Restart {
        @Test
        void queue_and_credit_are_rebuilt_from_the_ledger() {
            lab.worker(1, 1);
            lab.submit(
                    job("a"),
                    job("b"),
                    job("late"),
                    job("urgent").priority(PriorityClass.INTERACTIVE));
            Laboratory before = lab;

            lab = Laboratory.restarted(before);
            before.close();
            lab.worker(1, 1);
            lab.tick();
            assertThat(lab.orders()).isEmpty();
            lab.report(Reports.restored("a", 1));
            lab.report(Reports.restored("b", 1));

            assertThat(lab.orderedJobs()).containsExactly("urgent", "late");
            assertThat(lab.outcomes()).hasSize(2);
        }
    }

    private static Rejection.Reason reasonOf(Outcome outcome) {
        return ((Outcome.Rejected) outcome).rejection().reason();
    }
}

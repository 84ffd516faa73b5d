package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.START;
import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.control.ControlRecord.RunExperiment;
import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Trial;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

class ExperimentsTest {
    private static final Variant AS_IT_IS = new Variant("as-it-is", 1, false, null, null, null);
    private static final Variant SHALLOW =
            new Variant("shallow", 1, false, new BudgetPolicy.Fixed(2), null, null);
    private static final Variant SHARP =
            new Variant("sharp", 1, false, null, 1.1, AdaptiveRule.SHARPNESS);
    private static final Variant SHARPER =
            new Variant("sharper", 1, false, null, 1.3, AdaptiveRule.SHARPNESS);
    private static final Variant SHADOW =
            new Variant("shadow", 1, true, new BudgetPolicy.Fixed(2), null, null);

    private final Laboratory lab = new Laboratory();

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void jobs_that_leave_depth_to_the_fleet_get_what_their_variant_says() {
        run(null, AS_IT_IS, SHALLOW, SHARP);

        Map<String, List<WorkOrder>> byVariant = submitAndGroup(30);

        assertThat(byVariant.get("as-it-is")).isNotEmpty().allMatch(order -> target(order) == 6);
        assertThat(byVariant.get("shallow"))
                .isNotEmpty()
                .allMatch(order -> target(order) == 2)
                .allMatch(order -> order.policyVersion().equals("experiment dial/shallow"));
        assertThat(byVariant.get("sharp"))
                .isNotEmpty()
                .extracting(WorkOrder::inference)
                .containsOnly(new Inference.Adaptive(1.1));
    }

    @Test
    void a_shadow_is_reckoned_and_changes_nothing() {
        run(null, AS_IT_IS, SHADOW);

        Map<String, List<WorkOrder>> byVariant = submitAndGroup(30);

        assertThat(byVariant.get("shadow")).isNotEmpty().allMatch(order -> target(order) == 6);
        assertThat(trials.values())
                .filteredOn(trial -> trial.variant().equals("shadow"))
                .allSatisfy(
                        trial -> {
                            assertThat(trial.shadowPointer()).isEqualTo(2);
                            assertThat(trial.shadowGigaMacs()).isEqualTo(4.0);
                        });
    }

    @Test
    void who_asks_for_a_depth_gets_it() {
        run(null, SHALLOW, SHARP);
        lab.worker(5, 5);

        lab.submit(job("fixed").depth(new Depth.Fixed(5)));
        lab.submit(job("adaptive").depth(new Depth.Adaptive(1.5)));

        List<WorkOrder> orders = lab.orders();
        assertThat(orders.getFirst().budget().target()).isEqualTo(5);
        assertThat(orders.getLast().inference()).isEqualTo(new Inference.Adaptive(1.5));
        assertThat(lab.views()).allMatch(view -> view.trial() == null);
    }

    @Test
    void a_threshold_that_has_won_is_what_all_get_until_the_experiment_ends() {
        run("sharp", AS_IT_IS, SHARP);
        lab.worker(5, 5);

        lab.submit(job("a"), job("b"));
        lab.write(Topics.CONTROL, "experiment/dial", MessageType.CONTROL, null);
        lab.submit(job("c"));

        assertThat(lab.orders())
                .extracting(WorkOrder::inference)
                .containsExactly(
                        new Inference.Adaptive(1.1),
                        new Inference.Adaptive(1.1),
                        new Inference.Regular());
    }

    @Test
    void a_variant_that_says_nothing_of_the_threshold_leaves_the_one_that_has_won() {
        lab.control(promoted("before", SHARP, START));
        run(null, AS_IT_IS, SHALLOW, SHADOW, SHARPER);

        Map<String, List<WorkOrder>> byVariant = submitAndGroup(40);

        assertThat(byVariant).hasSize(4);
        byVariant.forEach(
                (variant, orders) ->
                        assertThat(orders)
                                .extracting(WorkOrder::inference)
                                .containsOnly(
                                        new Inference.Adaptive(
                                                variant.equals("sharper") ? 1.3 : 1.1)));
    }

    @Test
    void of_two_thresholds_the_one_that_won_last_holds() {
        lab.control(promoted("a", SHARP, START));
        lab.control(promoted("b", SHARPER, START.plusSeconds(1)));
        lab.worker(5, 5);

        lab.submit(job("one"));

        assertThat(lab.orders().getFirst().inference()).isEqualTo(new Inference.Adaptive(1.3));
    }

    /** The model has no table of payoffs. */
    @Test
    void a_job_that_one_variant_cannot_be_done_with_has_no_part() {
        Variant byPayoff = new Variant("payoff", 1, false, null, 1.1, AdaptiveRule.PAYOFF);
        run(null, SHALLOW, byPayoff);
        lab.worker(30, 30);

        for (int i = 0; i < 30; i++) {
            lab.submit(job("j" + i));
        }

        assertThat(lab.views()).isNotEmpty().allMatch(view -> view.trial() == null);
        assertThat(lab.orders()).hasSize(30).allMatch(order -> target(order) == 6);
    }

    @Test
    void a_shadow_costs_what_jobs_were_measured_to_cost() {
        lab.worker(60, 60);
        lab.submit(job("before"));
        Receipt receipt = Reports.receipt(1, new PointerBudget(1, 6), false, 12, 1);
        lab.report(new WorkerReport.Restored(new JobId("before"), 1, "worker-1", START, receipt));
        lab.pass(Duration.ofSeconds(1));
        assertThat(lab.orders()).hasSize(1);
        run(null, AS_IT_IS, SHADOW);

        var _ = submitAndGroup(30);

        assertThat(trials.values())
                .filteredOn(trial -> trial.variant().equals("shadow"))
                .isNotEmpty()
                .allSatisfy(trial -> assertThat(trial.shadowGigaMacs()).isEqualTo(4.0 * 1.5));
    }

    @Test
    void a_job_that_a_late_report_ends_keeps_its_part() {
        run(null, SHALLOW, SHARP);
        lab.worker(1, 1);
        lab.submit(job("a"));
        Trial part = trial(lab.views().getLast());

        lab.report(Reports.failed("a", 1, Failure.Reason.ENGINE));
        lab.report(Reports.restored("a", 1));

        JobView ended = lab.views().getLast();
        assertThat(ended.state()).isEqualTo(JobState.SUCCEEDED);
        assertThat(ended.trial()).isEqualTo(part);
        assertThat(ended.scheduledAt()).isNotNull();
    }

    @Test
    void feedback_goes_when_its_job_is_forgotten() {
        lab.worker(1, 1);
        lab.submit(job("a"));
        lab.report(Reports.restored("a", 1));
        lab.control(new RateJob(new JobId("a"), Requests.TENANT, 4, null, lab.now()));

        lab.pass(Duration.ofHours(2));

        assertThat(lab.controlKeys()).contains("feedback/a");
    }

    @Test
    void feedback_that_came_when_its_job_was_forgotten_goes_too() {
        lab.worker(1, 1);
        lab.submit(job("a"));
        lab.report(Reports.restored("a", 1));
        lab.pass(Duration.ofHours(2));
        lab.control(new RateJob(new JobId("a"), Requests.TENANT, 4, null, lab.now()));

        lab.pass(Duration.ofDays(9));

        assertThat(lab.controlKeys()).contains("feedback/a");
    }

    private Map<JobId, Trial> trials = Map.of();

    private Map<String, List<WorkOrder>> submitAndGroup(int jobs) {
        lab.worker(jobs, jobs);
        for (int i = 0; i < jobs; i++) {
            lab.submit(job("j" + i));
        }
        trials =
                lab.views().stream()
                        .filter(view -> view.trial() != null)
                        .collect(
                                Collectors.toMap(
                                        view -> view.request().jobId(), ExperimentsTest::trial));
        return lab.orders().stream().collect(Collectors.groupingBy(this::variantOf));
    }

    private String variantOf(WorkOrder order) {
        return Objects.requireNonNull(trials.get(order.jobId())).variant();
    }

    private static Trial trial(JobView view) {
        return Objects.requireNonNull(view.trial());
    }

    private static int target(WorkOrder order) {
        return order.budget().target();
    }

    private static RunExperiment promoted(String name, Variant winner, Instant at) {
        return new RunExperiment(
                name, new Experiment(List.of(AS_IT_IS, winner), winner.name()), at);
    }

    private void run(@Nullable String promoted, Variant... variants) {
        lab.control(new RunExperiment("dial", new Experiment(List.of(variants), promoted), START));
    }
}

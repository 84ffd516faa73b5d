package io.flexir.ops.local.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.ModelChoice;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.ops.local.client.FleetCosts;
import io.flexir.ops.local.client.FleetPolicy;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Model;
import io.flexir.ops.local.quality.ImageFiles;
import io.flexir.ops.local.quality.Psnr;
import io.flexir.ops.local.quality.RgbImage;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(600)
class WholeFleetTest {
    private final WholeFleet fleet = new WholeFleet();

    @TempDir private Path logs;

    @AfterAll
    void stop() {
        fleet.close();
    }

    @Test
    void every_fixed_pointer_is_run_as_asked_and_deeper_costs_more() throws IOException {
        byte[] noisy = Photos.noisyPng(150, 110);
        int n = model().n();
        List<Job> jobs = new ArrayList<>();

        for (int pointer = 1; pointer <= n; pointer++) {
            jobs.add(fleet.submit(noisy, new Depth.Fixed(pointer)));
        }
        List<Job> ended = jobs.stream().map(fleet::ended).toList();

        assertThat(ended).allMatch(Job::succeeded);
        for (int pointer = 1; pointer <= n; pointer++) {
            assertThat(pointers(ended.get(pointer - 1))).containsExactly(pointer);
        }
        assertThat(ended.stream().map(job -> job.receipt().gigaMacs())).isSorted();
    }

    @Test
    void costs_add_receipts_up_and_know_what_full_depth_would_have_cost() throws IOException {
        byte[] noisy = Photos.noisyPng(150, 110);
        FleetCosts.Row before = fleet.costs().total();

        Job shallow = fleet.ended(fleet.submit(noisy, new Depth.Fixed(2)));
        Job full = fleet.ended(fleet.submit(noisy, new Depth.Fixed(model().n())));
        await().until(() -> fleet.costs().total().images() == before.images() + 2);
        FleetCosts.Row after = fleet.costs().total();

        assertThat(after.gigaMacs() - before.gigaMacs())
                .isCloseTo(gigaMacs(shallow) + gigaMacs(full), within(1e-9));
        assertThat(after.seconds() - before.seconds())
                .isCloseTo(
                        shallow.receipt().seconds().total() + full.receipt().seconds().total(),
                        within(1e-6));
        assertThat(after.fullDepth().gigaMacs() - before.fullDepth().gigaMacs())
                .isCloseTo(2 * gigaMacs(full), within(1e-6));
        assertThat(at(2, after) - at(2, before)).isCloseTo(2 * gigaMacs(shallow), within(1e-6));
    }

    @Test
    void costs_are_known_again_after_a_restart() throws IOException {
        fleet.ended(fleet.submit(Photos.noisyPng(64, 48), new Depth.Fixed(1)));
        await().until(() -> fleet.costs().complete());
        FleetCosts.Row before = fleet.costs().total();

        fleet.stopScheduler();
        fleet.restartScheduler();
        await().until(() -> fleet.costs().complete());

        assertThat(before.images()).isPositive();
        assertThat(fleet.costs().total()).isEqualTo(before);
    }

    private static double gigaMacs(Job job) {
        return job.receipt().gigaMacs();
    }

    private static double at(int pointer, FleetCosts.Row row) {
        return row.fixed().isEmpty() ? 0 : row.fixed().get(pointer - 1).gigaMacs();
    }

    @Test
    void full_depth_takes_the_noise_out_and_keeps_the_size() throws IOException {
        RgbImage clean = Photos.clean(161, 123);
        RgbImage noisy = Photos.noisy(clean);

        Job job =
                fleet.ended(
                        fleet.submit(ImageFiles.encodePng(noisy), new Depth.Fixed(model().n())));
        RgbImage restored = ImageFiles.decode(fleet.client().result(job.id()));

        assertThat(restored.width()).isEqualTo(clean.width());
        assertThat(restored.height()).isEqualTo(clean.height());
        assertThat(Psnr.of(clean, restored) - Psnr.of(clean, noisy)).isGreaterThan(5);
    }

    @Test
    void adaptive_inference_ends_regions_between_the_exit_points_and_the_last_pointer()
            throws IOException {
        byte[] noisy = Photos.noisyPng(400, 210);

        Job eager = fleet.ended(fleet.submit(noisy, new Depth.Adaptive(0)));
        Job stubborn = fleet.ended(fleet.submit(noisy, new Depth.Adaptive(100)));

        assertThat(pointers(eager)).containsExactly(2);
        assertThat(pointers(stubborn)).containsExactly(model().n());
        assertThat(eager.receipt().regionCount()).isGreaterThan(1);
        assertThat(stubborn.receipt().regions()).allMatch(region -> region.score() != null);
        assertThat(eager.receipt().gigaMacs()).isLessThan(stubborn.receipt().gigaMacs());
    }

    @Test
    void by_payoff_depth_goes_no_deeper_than_its_price_allows() throws IOException {
        byte[] noisy = Photos.noisyPng(400, 210);

        Job dear = fleet.ended(fleet.submit(noisy, new Depth.Adaptive(100, AdaptiveRule.PAYOFF)));
        Job cheap = fleet.ended(fleet.submit(noisy, new Depth.Adaptive(0, AdaptiveRule.PAYOFF)));

        assertThat(pointers(dear)).containsExactly(1);
        assertThat(pointers(cheap)).doesNotContain(1);
        assertThat(dear.receipt().gigaMacs()).isLessThan(cheap.receipt().gigaMacs());
    }

    @Test
    void a_request_written_straight_to_the_topic_is_a_job_like_any_other() throws IOException {
        String id = "straight-from-kafka";
        RestorationRequest request =
                new RestorationRequest(
                        new JobId(id),
                        new TenantId("default"),
                        fleet.upload(Photos.noisyPng(64, 48)),
                        WholeFleet.MODEL,
                        new Depth.Fixed(2),
                        null,
                        null,
                        null,
                        null,
                        Instant.now());

        fleet.produce(request);
        List<Outcome> outcomes = fleet.outcomes(id);

        assertThat(outcomes).hasSize(1).allMatch(Outcome.Restored.class::isInstance);
        assertThat(fleet.ended(id).state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void a_job_without_a_model_gets_the_one_for_its_noise_and_the_receipt_says_why()
            throws IOException {
        Job job =
                fleet.ended(
                        fleet.submitWithoutModel(Photos.noisyPng(320, 240), new Depth.Fixed(1)));

        assertThat(job.succeeded()).as("%s", job).isTrue();
        assertThat(job.model()).isEqualTo(RestorationRequest.AUTOMATIC);
        assertThat(job.receipt().model()).isEqualTo(WholeFleet.MODEL);
        assertThat(job.receipt().modelDigest()).isEqualTo(model().digest());
        ModelChoice choice = job.receipt().modelChoice();
        assertThat(choice.reason()).isEqualTo(ModelChoice.Reason.NOISE_OF_ITS_LEVEL);
        assertThat(choice.noiseSigma().estimator()).isEqualTo("mad-db2");
        assertThat(choice.noiseSigma().value()).isCloseTo(Photos.SIGMA, within(3.0));
        assertThat(choice.jpegQuality()).isNull();
    }

    @Test
    void a_job_that_names_its_model_has_no_choice_to_explain() throws IOException {
        Job job = fleet.ended(fleet.submit(Photos.noisyPng(64, 48), new Depth.Fixed(1)));

        assertThat(job.receipt().model()).isEqualTo(WholeFleet.MODEL);
        assertThat(job.receipt().modelChoice()).isNull();
    }

    @Test
    void a_running_job_can_be_cancelled() throws IOException {
        Job job = fleet.submit(Photos.noisyPng(2200, 1800), new Depth.Fixed(model().n()));
        fleet.computing(job);

        fleet.client().cancel(job.id());

        assertThat(fleet.ended(job).state()).isEqualTo(JobState.CANCELLED);
        assertThat(fleet.outcomes(job.id())).hasSize(1);
    }

    @Test
    void a_corrupt_image_is_rejected_with_a_reason() throws IOException {
        byte[] whole = Photos.noisyPng(64, 64);

        Job job = fleet.ended(fleet.submit(Arrays.copyOf(whole, 1000), new Depth.Automatic()));

        assertThat(job.state()).isEqualTo(JobState.REJECTED);
        assertThat(job.problem().reason()).isEqualTo("corrupt-image");
        assertThat(job.problem().detail()).isNotBlank();
        assertThat(fleet.outcomes(job.id())).hasSize(1);
    }

    @Test
    void a_job_whose_worker_process_is_killed_still_ends_once() throws Exception {
        fleet.stopWorker();
        Process victim = fleet.forkWorker("victim", logs.resolve("victim.log"));
        Job job = fleet.submit(Photos.noisyPng(1100, 900), new Depth.Fixed(model().n()));
        Job computing = fleet.computing(job);

        victim.destroyForcibly().waitFor();
        fleet.restartWorker();
        Job ended = fleet.ended(job);

        assertThat(computing.progress().workerId()).isEqualTo("victim");
        assertThat(ended.succeeded()).isTrue();
        assertThat(ended.receipt().workerId()).isEqualTo("resident");
        assertThat(fleet.outcomes(job.id())).hasSize(1);
    }

    @Test
    void a_scheduler_that_is_restarted_ends_every_job_it_had_once() throws IOException {
        byte[] noisy = Photos.noisyPng(700, 500);
        List<Job> jobs = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            jobs.add(fleet.submit(noisy, new Depth.Fixed(3)));
        }
        Set<JobState> before = await().until(() -> states(jobs), WholeFleetTest::someUnderWay);

        fleet.stopScheduler();
        fleet.restartScheduler();

        assertThat(before).contains(JobState.QUEUED);
        for (Job job : jobs) {
            assertThat(fleet.ended(job).succeeded()).isTrue();
            assertThat(fleet.outcomes(job.id())).hasSize(1);
        }
    }

    @Test
    void a_policy_that_was_put_outlives_the_scheduler() throws IOException {
        fleet.client().changePolicy(new BudgetPolicy.Fixed(2));

        fleet.stopScheduler();
        fleet.restartScheduler();
        FleetPolicy after = fleet.client().policy();
        Job job = fleet.ended(fleet.submit(Photos.noisyPng(200, 150), new Depth.Automatic()));
        fleet.client().resetPolicy();

        assertThat(after.policy()).isEqualTo(new BudgetPolicy.Fixed(2));
        assertThat(after.configured()).isFalse();
        assertThat(job.receipt().deepestPointer()).isEqualTo(2);
        assertThat(job.receipt().policyVersion()).isEqualTo(after.version());
    }

    private Set<JobState> states(List<Job> jobs) {
        Set<JobState> states = new HashSet<>();
        jobs.forEach(job -> states.add(fleet.client().get(job.id()).state()));
        return states;
    }

    private static boolean someUnderWay(Set<JobState> states) {
        return states.contains(JobState.SCHEDULED) || states.contains(JobState.RUNNING);
    }

    private Model model() {
        return fleet.client().models().stream()
                .filter(model -> model.name().equals(WholeFleet.MODEL))
                .findFirst()
                .orElseThrow();
    }

    private static Set<Integer> pointers(Job job) {
        assertThat(job.succeeded()).as("%s", job).isTrue();
        Set<Integer> pointers = new HashSet<>();
        job.receipt().regions().stream().map(RegionReceipt::pointer).forEach(pointers::add);
        return pointers;
    }
}

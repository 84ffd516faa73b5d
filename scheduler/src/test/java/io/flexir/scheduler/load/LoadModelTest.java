package io.flexir.scheduler.load;

import static io.flexir.scheduler.jobs.Requests.START;
import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.bundles.Manifests;
import io.flexir.scheduler.jobs.Reports;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

class LoadModelTest {
    private static final String MODEL = "denoise-color-25-s";
    private static final String OTHER = "jpeg-color-s";
    private static final Bundle BUNDLE = Manifests.bundle(MODEL, 6);
    private static final Offset<Double> EXACTLY = within(1e-9);
    private static final TenantId ONE = new TenantId("one-too-many");
    private static final TenantId TWO = new TenantId("two-too-many");
    private static final ServiceTime HALF_A_SECOND = new ServiceTime(0, 2);
    private static final JobFacts FACTS =
            new JobFacts(
                    new Depth.Automatic(),
                    1,
                    new QualityCurve(20, new double[] {30, 31}, new double[] {1, 2}),
                    1,
                    Double.POSITIVE_INFINITY);

    private final BundleCatalog bundles =
            BundleCatalog.of(List.of(BUNDLE, Manifests.bundle(OTHER, 6)));
    private final Fleet fleet = new Fleet(Duration.ofSeconds(10));
    private final ReceiptWindow receipts = new ReceiptWindow();
    private final LoadModel model = new LoadModel(fleet, receipts, bundles, TenantRules.EQUAL, 4);

    @Test
    void the_backlog_is_the_work_of_each_level_in_all_partitions() {
        Backlog backlog = model.open("0_0");
        backlog.add(job("a").request());

        LoadSnapshot load = model.at(START);

        assertThat(load.backlogGigaMacs().getFirst()).isCloseTo(4 * 3.0, EXACTLY);
        assertThat(load.backlogGigaMacs().getLast()).isCloseTo(4 * 8.0, EXACTLY);
        assertThat(model.waitingJobs()).isEqualTo(1);
    }

    @Test
    void a_floor_and_a_fixed_depth_cost_what_they_ask_for_at_any_level() {
        Backlog backlog = model.open("0_0");
        backlog.add(job("a").floor(4).request());
        backlog.add(job("b").depth(new Depth.Fixed(5)).request());

        LoadSnapshot load = model.at(START);

        assertThat(load.backlogGigaMacs().getFirst()).isCloseTo(4 * (6.0 + 7.0), EXACTLY);
        assertThat(load.backlogGigaMacs().getLast()).isCloseTo(4 * (8.0 + 7.0), EXACTLY);
    }

    @Test
    void a_job_whose_model_is_yet_to_be_chosen_counts_as_the_dearest_that_it_may_get() {
        BundleCatalog several =
                BundleCatalog.of(
                        List.of(
                                Manifests.bundle("shallow", 2),
                                Manifests.bundle("deep", 6),
                                Manifests.bundle("enlarge", 9, new Task.SuperResolution())));
        Backlog backlog = new Backlog(several);
        backlog.add(job("a").model("auto").request());

        assertThat(backlog.gigaMacs(9, 1)).isCloseTo(8.0, EXACTLY);
    }

    @Test
    void what_leaves_the_backlog_leaves_nothing_behind() {
        Backlog backlog = model.open("0_0");
        backlog.add(job("a").request());
        backlog.add(job("b").ofUnknownSize().request());
        backlog.remove(job("a").request());
        backlog.remove(job("b").ofUnknownSize().request());

        assertThat(model.at(START).backlogGigaMacs()).containsOnly(0.0);
        assertThat(backlog.jobs()).isZero();
    }

    @Test
    void a_task_that_goes_takes_its_backlog_along() {
        model.open("0_0").add(job("a").request());

        model.close("0_0");

        assertThat(model.at(START).backlogGigaMacs()).containsOnly(0.0);
    }

    @Test
    void before_anything_is_measured_a_slot_has_a_prior() {
        fleet.heard(heartbeat("w", 2, 0, START));

        assertThat(model.at(START).gigaMacsPerSecond()).isEqualTo(40);
    }

    @Test
    void a_worker_is_believed_until_its_receipts_say_otherwise() {
        fleet.heard(heartbeat("worker-1", 1, 50, START));
        assertThat(model.at(START).gigaMacsPerSecond()).isEqualTo(50);

        restored("worker-1", MODEL, 16, START);
        assertThat(model.at(START.plusSeconds(1)).gigaMacsPerSecond()).isEqualTo(50);

        restored("worker-1", MODEL, 16, START);
        assertThat(model.at(START.plusSeconds(2)).gigaMacsPerSecond()).isCloseTo(16, EXACTLY);
    }

    @Test
    void a_worker_has_a_speed_with_each_model() {
        restoredTwice("w", MODEL, 10);
        restoredTwice("w", OTHER, 40);
        fleet.heard(heartbeat("w", 1, 0, START));
        Backlog backlog = model.open("0_0");

        backlog.add(job("a").model(OTHER).request());
        double withOther = model.at(START).gigaMacsPerSecond();
        backlog.remove(job("a").model(OTHER).request());
        backlog.add(job("b").request());
        double withModel = model.at(START.plusSeconds(1)).gigaMacsPerSecond();
        backlog.add(job("a").model(OTHER).request());
        double withBoth = model.at(START.plusSeconds(2)).gigaMacsPerSecond();

        assertThat(withOther).isCloseTo(40, EXACTLY);
        assertThat(withModel).isCloseTo(10, EXACTLY);
        assertThat(withBoth).isCloseTo(16, EXACTLY);
        assertThat(model.serviceTime(OTHER, START).gigaMacsPerSecond()).isCloseTo(40, EXACTLY);
        assertThat(model.serviceTime(MODEL, START).gigaMacsPerSecond()).isCloseTo(10, EXACTLY);
    }

    @Test
    void a_worker_that_is_new_to_a_model_is_judged_by_its_other_models() {
        restoredTwice("slow", MODEL, 10);
        restoredTwice("slow", OTHER, 20);
        restoredTwice("fast", MODEL, 30);
        fleet.heard(heartbeat("fast", 1, 0, START));

        assertThat(model.serviceTime(OTHER, START).gigaMacsPerSecond()).isCloseTo(60, EXACTLY);
    }

    @Test
    void a_worker_that_did_nothing_yet_is_judged_by_its_pool() {
        restoredTwice("cpu-1", MODEL, 10);
        restoredTwice("cuda-1", MODEL, 1000);
        fleet.heard(heartbeat("cpu-1", 1, 0, START));
        fleet.heard(heartbeat("cuda-1", "cuda", 1, 0, START));

        fleet.heard(heartbeat("cpu-2", 1, 0, START));

        assertThat(model.at(START).gigaMacsPerSecond()).isCloseTo(1020, EXACTLY);
    }

    @Test
    void the_first_job_of_a_worker_says_nothing_of_its_speed() {
        restoredTwice("old", MODEL, 20);
        fleet.heard(heartbeat("old", 1, 0, START));
        fleet.heard(heartbeat("new", 1, 0, START));

        restored("new", MODEL, 1, START);

        assertThat(model.at(START).gigaMacsPerSecond()).isCloseTo(40, EXACTLY);
    }

    @Test
    void receipts_tell_the_size_of_images_and_the_cost_of_halo_and_padding() {
        receipts.add(Reports.receipt(1, new PointerBudget(1, 6), false, 12, 1), BUNDLE, START);
        model.open("0_0").add(job("a").ofUnknownSize().request());

        LoadSnapshot load = model.at(START);

        assertThat(load.backlogGigaMacs().getLast()).isCloseTo(4 * 8 * 1.5, EXACTLY);
    }

    @Test
    void old_receipts_are_forgotten() {
        PointerBudget budget = new PointerBudget(1, 6);
        receipts.add(Reports.receipt(1, budget, false, 8, 1), BUNDLE, START);
        receipts.add(Reports.receipt(1, budget, false, 8, 4), BUNDLE, START.plusSeconds(700));

        assertThat(receipts.measured().orElseThrow().speeds().all()).contains(2.0);
    }

    @Test
    void where_nothing_came_later_the_last_word_holds() {
        restoredTwice("w", MODEL, 10);
        fleet.heard(heartbeat("w", 1, 0, START.plusSeconds(7200)));

        double speed = model.at(START.plusSeconds(7200)).gigaMacsPerSecond();

        assertThat(speed).isCloseTo(10, EXACTLY);
    }

    @Test
    void only_ready_workers_that_were_heard_of_lately_count() {
        fleet.heard(heartbeat("old", 1, 0, START.minusSeconds(20)));
        fleet.heard(heartbeat("ahead", 1, 0, START.plusSeconds(3600)));
        fleet.heard(heartbeat("odd", 1, 0, Instant.MAX));
        fleet.heard(heartbeat("alive", 3, 0, START.minusSeconds(5)));
        fleet.heard(heartbeat("stopped", 1, 0, START));
        fleet.gone("stopped");

        assertThat(fleet.at(START).slots("cpu")).isEqualTo(3);
        assertThat(fleet.at(START.plusSeconds(6)).slots("cpu")).isZero();
    }

    @Test
    void what_waits_of_tenants_past_a_thousand_is_one_load() {
        Backlog backlog = model.open("0_0");
        takeAllPlaces();
        waits(backlog, "a", ONE);
        waits(backlog, "b", TWO);
        model.work(ONE).ordered(new JobId("out"), 10, START);

        LoadSnapshot load = model.byTenant(START).get(model.place(ONE));

        assertThat(model.place(TWO)).isEqualTo(model.place(ONE)).isNotEqualTo(TWO);
        assertThat(load.backlogGigaMacs().getLast()).isCloseTo(4 * (8.0 + 8.0), EXACTLY);
    }

    @Test
    void of_tenants_past_a_thousand_each_has_its_own_jobs_waiting() {
        Backlog backlog = model.open("0_0");
        takeAllPlaces();
        waits(backlog, "a", ONE);
        waits(backlog, "b", TWO);
        waits(backlog, "c", TWO);
        backlog.remove(job("c").of(TWO).request());
        model.work(TWO).left(new JobId("c"));

        assertThat(model.waitingJobs(ONE)).isEqualTo(4);
        assertThat(model.waitingSeconds(ONE)).isCloseTo(4 * 0.5, EXACTLY);
        assertThat(model.waitingJobs(new TenantId("without-any"))).isZero();
    }

    @Test
    void a_place_whose_tenant_needs_nothing_is_given_to_another() {
        takeAllPlaces();
        assertThat(model.place(ONE)).isNotEqualTo(ONE);

        model.work(new TenantId("tenant-7")).ended(new JobId("busy-7"), START);
        var _ = model.at(START);

        assertThat(model.place(ONE)).isEqualTo(ONE);
        assertThat(model.place(new TenantId("tenant-8"))).isEqualTo(new TenantId("tenant-8"));
    }

    private void takeAllPlaces() {
        for (int i = 0; i < 1000; i++) {
            model.work(new TenantId("tenant-" + i)).ordered(new JobId("busy-" + i), 1000, START);
        }
    }

    private void waits(Backlog backlog, String id, TenantId tenant) {
        RestorationRequest request = job(id).of(tenant).request();
        backlog.add(request);
        model.work(tenant).waits(OrderKey.of(request), FACTS, HALF_A_SECOND, START);
    }

    private void restoredTwice(String worker, String name, double speed) {
        restored(worker, name, speed, START);
        restored(worker, name, speed, START);
    }

    /** Eight GMACs, and nothing but the network. */
    private void restored(String worker, String name, double speed, Instant at) {
        PhaseSeconds seconds = new PhaseSeconds(0, 0, 8 / speed, 0, 0, 0);
        receipts.add(
                Reports.receipt(worker, name, 6, 8, seconds), bundles.find(name).orElseThrow(), at);
    }

    private static WorkerHeartbeat heartbeat(String id, int slots, double speed, Instant at) {
        return heartbeat(id, "cpu", slots, speed, at);
    }

    private static WorkerHeartbeat heartbeat(
            String id, String pool, int slots, double speed, Instant at) {
        return new WorkerHeartbeat(
                id,
                pool,
                new Device("cpu", "a cpu", 2),
                WorkerHeartbeat.State.READY,
                slots,
                slots,
                List.of(new LoadedModel(MODEL, "ab".repeat(32), speed)),
                List.of(),
                START,
                at);
    }
}

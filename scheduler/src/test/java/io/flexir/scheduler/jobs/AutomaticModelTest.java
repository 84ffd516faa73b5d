package io.flexir.scheduler.jobs;

import static io.flexir.scheduler.jobs.Requests.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.scheduler.bundles.Manifests;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AutomaticModelTest {
    private static final Task BLIND = new Task.Denoise(0, 55);
    private static final Task JPEG = new Task.Jpeg(10, 40);

    private Laboratory lab =
            Laboratory.with(
                    Manifests.bundle("blind", 4, BLIND),
                    Manifests.bundle("jpeg", 6, JPEG),
                    Manifests.bundle("enlarge", 8, new Task.SuperResolution()));

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void an_order_without_a_model_offers_all_that_keep_the_size_the_dearest_first() {
        WorkOrder order = ordered(automatic("a"));

        assertThat(order.request().choosesModel()).isTrue();
        assertThat(order.models())
                .containsExactly(
                        new GrantedModel(
                                "jpeg", Manifests.digest("jpeg"), JPEG, new PointerBudget(1, 6)),
                        new GrantedModel(
                                "blind",
                                Manifests.digest("blind"),
                                BLIND,
                                new PointerBudget(1, 4)));
        assertThat(lab.views().getLast().budget()).isEqualTo(new PointerBudget(1, 6));
    }

    @Test
    void a_fixed_depth_that_a_model_lacks_is_cut_to_its_last_pointer() {
        WorkOrder order = ordered(automatic("a").depth(new Depth.Fixed(5)));

        assertThat(order.models())
                .extracting(GrantedModel::budget)
                .containsExactly(new PointerBudget(1, 5), new PointerBudget(1, 4));
    }

    @Test
    void a_model_that_ends_under_the_floor_is_not_offered() {
        WorkOrder order = ordered(automatic("a").floor(5));

        assertThat(order.models()).extracting(GrantedModel::name).containsExactly("jpeg");
    }

    @Test
    void a_depth_that_no_model_has_is_rejected() {
        lab.submit(automatic("a").floor(7), automatic("b").depth(new Depth.Fixed(7)));

        assertThat(lab.outcomes())
                .hasSize(2)
                .allSatisfy(
                        end -> assertThat(reason(end)).isEqualTo(Rejection.Reason.INVALID_REQUEST));
    }

    @Test
    void a_scheduler_without_a_model_to_choose_rejects_the_job() {
        lab.close();
        lab = Laboratory.with(Manifests.bundle("enlarge", 8, new Task.SuperResolution()));

        lab.submit(automatic("a"));

        assertThat(lab.outcomes())
                .singleElement()
                .satisfies(
                        end ->
                                assertThat(reason(end))
                                        .isEqualTo(Rejection.Reason.NO_SUITABLE_MODEL));
    }

    @Test
    void the_full_depth_of_a_shallow_model_is_no_degradation() {
        ordered(automatic("a"));

        lab.report(Reports.restored("a", 1, "blind", new PointerBudget(1, 4)));

        assertThat(lab.outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Restored.class, end -> assertThat(end.degraded()).isFalse());
    }

    @Test
    void less_than_the_full_depth_of_the_chosen_model_is_degradation() {
        ordered(automatic("a"));

        lab.report(Reports.restored("a", 1, "blind", new PointerBudget(1, 3)));

        assertThat(lab.outcomes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Outcome.Restored.class, end -> assertThat(end.degraded()).isTrue());
    }

    @Test
    void what_a_worker_rejects_for_want_of_a_model_ends_the_job() {
        ordered(automatic("a"));

        lab.report(
                new WorkerReport.Rejected(
                        automatic("a").request().jobId(),
                        1,
                        "worker-1",
                        Requests.START,
                        new Rejection(Rejection.Reason.NO_SUITABLE_MODEL, "too clean")));

        assertThat(lab.outcomes())
                .singleElement()
                .satisfies(
                        end ->
                                assertThat(reason(end))
                                        .isEqualTo(Rejection.Reason.NO_SUITABLE_MODEL));
    }

    private WorkOrder ordered(Requests job) {
        lab.worker(1, 1);
        lab.submit(job);
        return lab.orders().getFirst();
    }

    private static Requests automatic(String id) {
        return job(id).model(RestorationRequest.AUTOMATIC);
    }

    private static Rejection.Reason reason(Outcome outcome) {
        return ((Outcome.Rejected) outcome).rejection().reason();
    }
}

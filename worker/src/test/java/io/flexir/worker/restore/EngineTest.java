package io.flexir.worker.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.worker.restore.anytime.TimeLimit;
import io.flexir.worker.restore.model.Cancellation;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

class EngineTest {
    private static final int N = ShippedModel.model().manifest().n();
    private static final Progress UNHEARD = (_, _, _) -> {};

    private final RestorationEngine engine = ShippedModel.engine(192 * 192);

    @AfterEach
    void close_engine() {
        engine.close();
    }

    @Test
    void a_budget_beyond_the_models_depth_is_refused_by_name() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> restore(order(1, N + 1, null), image(), UNHEARD, new Cancellation()))
                .withMessageContaining(
                        "budget.target " + (N + 1) + " exceeds the " + N + " stages");
    }

    @Test
    void progress_is_told_stage_by_stage_until_every_region_is_done() {
        List<String> heard = new ArrayList<>();

        restore(
                order(1, 2, null),
                image(),
                (stage, done, all) -> heard.add(stage + ":" + done + "/" + all),
                new Cancellation());

        int regions =
                engine.plan(ShippedModel.model(), new Mode.Regular(), 250, 240).regions().size();
        assertThat(regions).isGreaterThan(1);
        assertThat(heard)
                .startsWith("1:0/" + regions, "2:0/" + regions, "2:1/" + regions)
                .endsWith("2:" + regions + "/" + regions);
    }

    @Test
    void a_cancelled_job_does_not_begin() {
        Cancellation cancellation = new Cancellation();
        cancellation.cancel();

        RestoreResult result = restore(order(1, N, null), image(), UNHEARD, cancellation);

        assertThat(result).isEqualTo(new RestoreResult.Cancelled());
    }

    @Test
    void a_job_is_cancelled_between_two_stages() {
        Cancellation cancellation = new Cancellation();
        List<Integer> stages = new ArrayList<>();

        RestoreResult result =
                restore(
                        order(1, N, null),
                        image(),
                        (stage, _, _) -> {
                            stages.add(stage);
                            cancellation.cancel();
                        },
                        cancellation);

        assertThat(result).isEqualTo(new RestoreResult.Cancelled());
        assertThat(stages).containsExactly(1);
    }

    @Test
    void a_job_is_cancelled_from_another_thread_in_the_middle_of_a_stage() throws Exception {
        Cancellation cancellation = new Cancellation();
        CountDownLatch begun = new CountDownLatch(1);
        ArrayImage large = ArrayImage.noisy("night.png", 1024, 1024, 25);
        try (ExecutorService threads = Executors.newSingleThreadExecutor();
                RestorationEngine uncut = ShippedModel.engine(ShippedModel.UNCUT)) {
            Future<RestoreResult> job =
                    threads.submit(
                            () ->
                                    uncut.restore(
                                            ShippedModel.model(),
                                            order(N, N, null),
                                            large,
                                            new ArrayImage(1024, 1024),
                                            (_, _, _) -> begun.countDown(),
                                            cancellation));
            begun.await();

            cancellation.cancel();

            assertThat(job.get()).isEqualTo(new RestoreResult.Cancelled());
        }
    }

    @Test
    void a_deadline_that_has_passed_degrades_every_region_to_min() {
        Restoration restoration =
                restored(order(2, N, limit(Duration.ofSeconds(-1), OnMiss.DEGRADE)));

        assertThat(restoration.regions())
                .extracting(Restoration.RestoredRegion::pointer)
                .containsOnly(2);
        assertThat(restoration.degraded()).isTrue();
    }

    @Test
    void a_deadline_that_has_passed_fails_the_job_that_asked_for_it() {
        TimeLimit limit = limit(Duration.ofSeconds(-1), OnMiss.FAIL);

        RestoreResult result = restore(order(2, N, limit), image(), UNHEARD, new Cancellation());

        assertThat(result).isEqualTo(new RestoreResult.DeadlineMissed());
    }

    @Test
    void a_deadline_that_has_passed_does_not_stop_the_job_that_rather_is_late() {
        Restoration restoration = restored(order(1, 3, limit(Duration.ofSeconds(-1), OnMiss.LATE)));

        assertThat(restoration.regions())
                .extracting(Restoration.RestoredRegion::pointer)
                .containsOnly(3);
        assertThat(restoration.degraded()).isFalse();
    }

    @Test
    void a_deadline_far_away_changes_nothing() {
        Restoration restoration = restored(order(1, 3, limit(Duration.ofHours(1), OnMiss.FAIL)));

        assertThat(restoration.regions())
                .extracting(Restoration.RestoredRegion::pointer)
                .containsOnly(3);
        assertThat(restoration.degraded()).isFalse();
    }

    @Test
    void a_deadline_that_comes_near_during_the_run_takes_the_branch_that_was_reached() {
        AtomicLong nanos = new AtomicLong();
        RestoreOrder order = order(1, N, limit(Duration.ofMinutes(1), OnMiss.DEGRADE));
        Progress clockJumpsAfterStageTwo =
                (stage, _, _) -> nanos.addAndGet(stage == 2 ? Duration.ofMinutes(2).toNanos() : 0);
        try (RestorationEngine clocked =
                new RestorationEngine(EngineSettings.DEFAULT, nanos::get)) {
            RestoreResult result =
                    clocked.restore(
                            ShippedModel.model(),
                            order,
                            image(),
                            new ArrayImage(250, 240),
                            clockJumpsAfterStageTwo,
                            new Cancellation());

            assertThat(result)
                    .isInstanceOfSatisfying(
                            RestoreResult.Restored.class,
                            restored -> {
                                Restoration restoration = restored.restoration();
                                assertThat(restoration.regions())
                                        .extracting(Restoration.RestoredRegion::pointer)
                                        .containsOnly(2);
                                assertThat(restoration.degraded()).isTrue();
                            });
        }
    }

    @Test
    void jobs_at_the_same_time_do_not_disturb_each_other() throws Exception {
        ArrayImage first = ArrayImage.noisy("dog.png", 200, 210, 25);
        ArrayImage second = ArrayImage.noisy("house.png", 220, 190, 25);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<ArrayImage> firstJob = threads.submit(() -> restoredAlone(first));
            Future<ArrayImage> secondJob = threads.submit(() -> restoredAlone(second));

            ArrayImage firstTogether = firstJob.get();
            ArrayImage secondTogether = secondJob.get();

            assertThat(firstTogether.maxLevelsFrom(restoredAlone(first))).isLessThan(0.01);
            assertThat(secondTogether.maxLevelsFrom(restoredAlone(second))).isLessThan(0.01);
        }
    }

    private ArrayImage restoredAlone(ArrayImage source) {
        ArrayImage sink = new ArrayImage(source.width(), source.height());
        engine.restore(
                ShippedModel.model(), order(2, 2, null), source, sink, UNHEARD, new Cancellation());
        return sink;
    }

    private Restoration restored(RestoreOrder order) {
        RestoreResult result = restore(order, image(), UNHEARD, new Cancellation());
        assertThat(result).isInstanceOf(RestoreResult.Restored.class);
        return ((RestoreResult.Restored) result).restoration();
    }

    private RestoreResult restore(
            RestoreOrder order, ArrayImage source, Progress progress, Cancellation cancellation) {
        ArrayImage sink = new ArrayImage(source.width(), source.height());
        return engine.restore(ShippedModel.model(), order, source, sink, progress, cancellation);
    }

    private static ArrayImage image() {
        return ArrayImage.noisy("reflect.png", 250, 240, 25);
    }

    private static TimeLimit limit(Duration left, OnMiss onMiss) {
        return new TimeLimit(left, Duration.ofMillis(10), onMiss);
    }

    private static RestoreOrder order(int min, int target, @Nullable TimeLimit limit) {
        return new RestoreOrder(new PointerBudget(min, target), new Mode.Regular(), limit);
    }
}

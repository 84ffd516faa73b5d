package io.flexir.ops.bench.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.ops.local.CannotStart;
import io.flexir.scheduler.budget.Policy;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.bundles.BundleCatalog;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** With the shipped models' manifests. */
class SimulationTest {
    private static final int WORKERS = 20;
    private static final BundleCatalog BUNDLES = BundleCatalog.read(Path.of("..", "models"));
    private static final JobMix MIX = new JobMix(List.copyOf(BUNDLES.all()));

    @TempDir private Path directory;

    @ParameterizedTest
    @EnumSource(Arrivals.class)
    void made_arrivals_are_the_load_that_is_asked_for(Arrivals arrivals) {
        Workload little = Workload.made(arrivals, 500, MIX, 7, 40, 3, Workload.CPU_WORKER);
        long workers = Workload.workersFor(arrivals, 5000, MIX, 7, 3, Workload.CPU_WORKER);
        Workload all = Workload.made(arrivals, 5000, MIX, 7, (int) workers, 3, Workload.CPU_WORKER);

        assertThat(little.load()).isCloseTo(3, within(1e-6));
        assertThat(all.load()).isCloseTo(3, within(1e-6));
        assertThat(all.jobs().getLast().arrival())
                .isCloseTo(arrivals.spanSeconds(), withinPercentage(35));
    }

    @Test
    void a_day_is_a_day_however_its_load_is_made() {
        Workload day = Workload.made(Arrivals.DIURNAL, 5000, MIX, 7, 2, 1.5, Workload.CPU_WORKER);
        double span = day.jobs().getLast().arrival();
        long atNoon =
                day.jobs().stream().filter(job -> Math.abs(job.arrival() - 1800) < 300).count();
        double meanOfSixth = day.jobs().size() * 600 / span;

        assertThat(atNoon / meanOfSixth).isCloseTo(1.77, withinPercentage(10));
    }

    @Test
    void an_idle_fleet_gives_everybody_everything_under_any_policy() {
        Workload workload = workload(Arrivals.POISSON, 0.2, 1);

        PolicyResult deepest = run(new BudgetPolicy.Fixed(6), workload);
        PolicyResult gain = run(new BudgetPolicy.Gain(), workload);

        assertThat(gain.attainment()).isGreaterThan(0.999);
        assertThat(gain.meanPsnr()).isGreaterThan(deepest.meanPsnr() - 0.01);
    }

    @ParameterizedTest
    @CsvSource({"POISSON, 1.5", "POISSON, 3", "BURST, 1.5", "BURST, 2.5", "DIURNAL, 2"})
    void gain_keeps_deadlines_as_the_floor_does_and_loses_to_slack_in_nothing(
            Arrivals arrivals, double load) {
        Workload workload = workload(arrivals, load, 2);

        PolicyResult floor = run(new BudgetPolicy.Fixed(1), workload);
        PolicyResult slack = run(new BudgetPolicy.Slack(), workload);
        PolicyResult gain = run(new BudgetPolicy.Gain(), workload);
        PolicyResult oracle = Oracle.of("oracle-free", workload, 0);

        assertThat(gain.attainment()).isGreaterThan(0.99 * floor.attainment());
        assertThat(gain.meanPsnr()).isGreaterThan(floor.meanPsnr());
        assertThat(gain.attainment()).isGreaterThan(slack.attainment() - 0.002);
        assertThat(gain.meanPsnr()).isGreaterThan(slack.meanPsnr() - 0.01);
        assertThat(gain.meanPsnr()).isLessThanOrEqualTo(oracle.meanPsnr());
        assertThat(gain.attainment()).isLessThanOrEqualTo(oracle.attainment());
    }

    @ParameterizedTest
    @ValueSource(strings = {"load:10", "gain"})
    void another_tenants_burst_costs_a_steady_one_neither_deadlines_nor_quality(String policy) {
        NamedPolicy named = NamedPolicy.of(policy);

        List<PolicyResult> results =
                new TwoTenants(BUNDLES, WORKERS, Workload.CPU_WORKER, 5)
                        .results(policy, named.terms().orElseThrow(), WorkerManner.PLAIN);

        PolicyResult alone = results.get(0);
        PolicyResult beside = results.get(1);
        PolicyResult bursting = results.get(2);
        assertThat(beside.attainment()).isGreaterThan(alone.attainment() - 0.01);
        assertThat(beside.meanPsnr()).isGreaterThan(alone.meanPsnr() - 0.05);
        assertThat(bursting.meanPsnr()).isLessThan(beside.meanPsnr() - 0.2);
    }

    @Test
    void workers_are_not_forgotten_however_long_it_takes() {
        Workload workload = workload(Arrivals.POISSON, 2, 4, 1, 12_000);
        double seconds = workload.jobs().getLast().arrival();

        PolicyResult gain = run(new BudgetPolicy.Gain(), workload);

        assertThat(seconds).isGreaterThan(2 * 3600);
        assertThat(gain.attainment()).isGreaterThan(0.99);
    }

    @Test
    void the_same_seed_makes_the_same_run() {
        assertThat(run(new BudgetPolicy.Gain(), workload(Arrivals.BURST, 2, 7)))
                .isEqualTo(run(new BudgetPolicy.Gain(), workload(Arrivals.BURST, 2, 7)));
    }

    @Test
    void workers_that_end_early_miss_fewer_deadlines() {
        Workload workload = workload(Arrivals.POISSON, 1.2, 3);
        Policy deepest = Policy.of(new BudgetPolicy.Fixed(6));

        int without = Simulation.run(workload, BUNDLES, deepest, WorkerManner.PLAIN).onTime();
        int with =
                Simulation.run(workload, BUNDLES, deepest, WorkerManner.PLAIN.withAnytime(true))
                        .onTime();

        assertThat(with).isGreaterThan(without);
    }

    @Test
    void where_jobs_use_all_of_their_time_keeping_some_of_it_back_leaves_it_to_the_next() {
        Workload workload = workload(Arrivals.POISSON, 2, 3);
        Policy deepest = Policy.of(new BudgetPolicy.Fixed(6));

        Tally all = Simulation.run(workload, BUNDLES, deepest, new WorkerManner(true, 1, 0, 0));
        Tally less = Simulation.run(workload, BUNDLES, deepest, new WorkerManner(true, 1, 0, 0.2));

        assertThat(less.onTime()).isGreaterThan(all.onTime());
        assertThat(less.result("", 1).meanPointer()).isLessThan(all.result("", 1).meanPointer());
    }

    @Test
    void a_slack_that_the_first_order_spends_is_not_there_for_one_that_waits_behind_it() {
        Workload workload = workload(Arrivals.POISSON, 2, 3);
        Policy slack = Policy.of(new BudgetPolicy.Slack());

        int atOnce = Simulation.run(workload, BUNDLES, slack, WorkerManner.PLAIN).onTime();
        int inLine =
                Simulation.run(workload, BUNDLES, slack, new WorkerManner(false, 2, 0, 0)).onTime();

        assertThat(inLine).isLessThan(atOnce);
    }

    /** Each job takes 30 s, whatever its depth. */
    @Test
    void the_level_falls_while_every_slot_is_busy() {
        Bundle bundle = BUNDLES.find("denoise-color-25-s").orElseThrow();
        List<SimulatedJob> jobs = new ArrayList<>();
        for (int i = 0; i <= 40; i++) {
            jobs.add(small(i, i == 0 ? 0 : 1, bundle));
        }
        Workload workload = new Workload(jobs, 1, new ServiceTime(30, 20));

        PolicyResult load = run(new BudgetPolicy.Load(0.1), workload);

        assertThat(load.meanPointer()).isEqualTo((bundle.n() + 40) / 41.0);
    }

    @Test
    void the_load_policy_knows_what_jobs_take_beside_their_network() {
        ServiceTime service = new ServiceTime(1, 1e5);
        Workload workload = workload(Arrivals.POISSON, 2, 6, WORKERS, 4000, service);

        PolicyResult load = run(new BudgetPolicy.Load(10), workload);

        assertThat(load.meanPointer()).isLessThan(3);
    }

    @Test
    void the_last_of_a_files_arrivals_stands_for_several_as_the_others_do() {
        Trace trace = new Trace(new double[] {0, 10, 20}, new double[] {1, 1, 1});

        Trace more = trace.multiplied(100, new SplittableRandom(1));

        assertThat(more.seconds()[more.jobs() - 1]).isBetween(25.0, 30.0);
        assertThat(Arrays.stream(more.seconds()).filter(second -> second == 20).count()).isOne();
    }

    @Test
    void workers_beyond_all_bounds_are_counted_as_such() {
        Trace trace = new Trace(new double[] {0, 10, 20}, new double[] {1, 1, 1});

        long workers = Workload.workersFor(trace, MIX, 1, 1e-12, Workload.CPU_WORKER);

        assertThat(workers).isGreaterThan(Integer.MAX_VALUE);
    }

    @Test
    void a_deadline_beyond_all_reason_stays_where_it_is() {
        assertThat(RecordedJobs.seconds(1000, 3500)).isEqualTo(2.5);
        assertThat(RecordedJobs.seconds(1000, Long.MIN_VALUE)).isLessThan(-9e15);
        assertThat(RecordedJobs.seconds(-1000, Long.MAX_VALUE)).isGreaterThan(9e15);
    }

    @Test
    void a_file_of_arrivals_is_scaled_to_the_load() throws IOException {
        Path file = directory.resolve("trace.csv");
        Files.writeString(file, "offset_ms,size\n0.0,10\n1500.5,30\n3000,20\n");

        Trace trace = Trace.read(file);
        Workload workload = Workload.scaled(trace, MIX, 1, 2, 1.5, Workload.CPU_WORKER, 1_000_000);

        double span =
                workload.jobs().getLast().arrival()
                        * workload.jobs().size()
                        / (workload.jobs().size() - 1.0);
        assertThat(trace.sizes()).containsExactly(0.5, 1.5, 1.0);
        assertThat(Workload.fullDepthSeconds(workload.jobs(), Workload.CPU_WORKER) / (2 * span))
                .isBetween(1.499, 1.501);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "offset_ms,size\\n0.0,10\\nsoon,3 | soon,3",
                "offset_ms,size\\n0.0,10\\n-5,3 | -5,3",
                "offset_ms,size\\n0.0,10\\n1e300,3 | 1e300,3",
                "offset_ms,size\\n0.0,10\\n7 | \"7\"",
                "offset_ms,size\\n0.0,NaN | 0.0,NaN",
                "offset_ms,tokens\\n0.0,10 | no column size",
                "offset_ms,size | holds no arrivals",
            })
    void what_is_no_arrival_is_named(String text, String named) throws IOException {
        Path file = directory.resolve("trace.csv");
        Files.writeString(file, text.replace("\\n", "\n"));

        assertThatExceptionOfType(CannotStart.class)
                .isThrownBy(() -> Trace.read(file))
                .withMessageContaining(named);
    }

    @Test
    void columns_are_found_by_their_names() throws IOException {
        Path file = directory.resolve("trace.csv");
        Files.writeString(file, "size,model,offset_ms\n10,a,0\n30,b,1500\n");

        Trace trace = Trace.read(file);

        assertThat(trace.seconds()).containsExactly(0, 1.5);
        assertThat(trace.sizes()).containsExactly(0.5, 1.5);
    }

    @Test
    void arrivals_at_one_moment_are_played_too() throws IOException {
        Path file = directory.resolve("trace.csv");
        Files.writeString(file, "offset_ms,size\n5,10\n5,30\n5,20\n");

        Workload workload =
                Workload.scaled(Trace.read(file), MIX, 1, 2, 1, Workload.CPU_WORKER, 1_000_000);

        assertThat(run(new BudgetPolicy.Gain(), workload).jobs()).isEqualTo(3);
    }

    private static PolicyResult run(BudgetPolicy terms, Workload workload) {
        return Simulation.run(workload, BUNDLES, Policy.of(terms), WorkerManner.PLAIN)
                .result("any", WORKERS);
    }

    private static Workload workload(Arrivals arrivals, double load, long seed) {
        return workload(arrivals, load, seed, WORKERS, 4000);
    }

    private static Workload workload(
            Arrivals arrivals, double load, long seed, int workers, int jobs) {
        return workload(arrivals, load, seed, workers, jobs, Workload.CPU_WORKER);
    }

    private static Workload workload(
            Arrivals arrivals, double load, long seed, int workers, int jobs, ServiceTime service) {
        return Workload.made(arrivals, jobs, MIX, seed, workers, load, service);
    }

    /** Due when all is over. */
    private static SimulatedJob small(int number, double arrival, Bundle bundle) {
        return new SimulatedJob(
                number,
                arrival,
                1e6,
                PriorityClass.STANDARD,
                bundle.name(),
                QualityCurve.of(bundle.manifest()),
                64 * 64,
                1);
    }
}

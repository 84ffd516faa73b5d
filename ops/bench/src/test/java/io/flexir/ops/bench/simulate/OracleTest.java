package io.flexir.ops.bench.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.flexir.contracts.request.PriorityClass;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.budget.ServiceTime;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Against every order and every pointer of a few jobs. */
class OracleTest {
    private static final ServiceTime SERVICE = new ServiceTime(0.1, 1);
    private static final double QUANTIZED = 1e-9;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void no_schedule_beats_the_bound(int workers) {
        for (int seed = 0; seed < 25; seed++) {
            Workload workload = workload(seed, seed % 5 == 0 ? 6 : 5, workers);

            double[] best = new BruteForce(workload).bestPsnrByKept();

            for (int kept = 0; kept < best.length; kept++) {
                assertThat(Oracle.meanPsnr(workload, kept))
                        .as("seed %d, %d kept", seed, kept)
                        .isGreaterThanOrEqualTo(best[kept] - QUANTIZED);
                if (best[kept] > Double.NEGATIVE_INFINITY) {
                    assertThat(Oracle.deadlines(workload)).isGreaterThanOrEqualTo(kept - QUANTIZED);
                }
            }
        }
    }

    @Test
    void no_schedule_of_eight_jobs_beats_it() {
        Workload workload = workload(99, 8, 1);

        double[] best = new BruteForce(workload).bestPsnrByKept();

        for (int kept = 0; kept <= Oracle.feasibleDeadlines(workload); kept++) {
            assertThat(Oracle.meanPsnr(workload, kept))
                    .as("%d kept", kept)
                    .isGreaterThanOrEqualTo(best[kept] - QUANTIZED);
        }
    }

    /**
     * In each of 200 windows 10 of 31 jobs fit, which are all as long and gain next to nothing; or
     * one that gains very much. From one window to the next jobs are longer.
     */
    @Test
    void where_not_all_deadlines_can_be_kept_it_has_to_keep_no_more_than_can() {
        List<SimulatedJob> jobs = new ArrayList<>();
        double now = 0;
        for (int window = 0; window < 200; window++) {
            double seconds = 0.5 * Math.pow(10, window / 200.0);
            double end = now + 10 * seconds;
            for (int i = 0; i < 31; i++) {
                jobs.add(job(jobs.size(), now, end, seconds - 0.1, 20.05, 20.05));
            }
            jobs.add(job(jobs.size(), now, end, 9 * seconds - 0.1, 2000, 2000));
            now = end;
        }
        Workload workload = new Workload(jobs, 1, SERVICE);

        int feasible = Oracle.feasibleDeadlines(workload);

        double best = 20 + 2000 * 0.05 / jobs.size();
        assertThat(feasible).isBetween(1996, 2000);
        assertThat(Oracle.deadlines(workload)).isBetween(2000.0, 2004.0);
        assertThat(Oracle.meanPsnr(workload, feasible)).isGreaterThanOrEqualTo(best - QUANTIZED);
    }

    @Test
    void its_workers_are_busy_until_it_is_done_whenever_jobs_are_due() {
        Workload workload =
                new Workload(
                        List.of(job(0, 0, 1000, 1, 30, 31), job(1, 0, 1e15, 1, 25, 28)),
                        2,
                        SERVICE);

        PolicyResult result = Oracle.of("oracle-free", workload, 0);

        assertThat(result.utilization()).isCloseTo(1, within(1e-9));
    }

    @Test
    void it_is_the_best_schedule_where_nothing_is_scarce() {
        Workload workload =
                new Workload(
                        List.of(job(0, 0, 100, 1, 30, 31), job(1, 50, 200, 1, 25, 28)), 1, SERVICE);

        assertThat(Oracle.meanPsnr(workload, 2)).isCloseTo((31 + 28) / 2.0, within(0.01));
        assertThat(Oracle.deadlines(workload)).isEqualTo(2);
    }

    @Test
    void the_duty_to_keep_deadlines_costs_quality() {
        Workload workload =
                new Workload(
                        List.of(job(0, 0, 2.2, 1, 30, 38), job(1, 0, 2.2, 1, 20.5, 20.6)),
                        1,
                        SERVICE);

        assertThat(Oracle.meanPsnr(workload, 2)).isLessThan(Oracle.meanPsnr(workload, 0) - 1);
    }

    /** Tight and loose windows, so that some jobs have to be dropped and some may go deep. */
    private static Workload workload(int seed, int count, int workers) {
        SplittableRandom random = new SplittableRandom(seed);
        List<SimulatedJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double arrival = random.nextDouble(0, 4);
            double first = random.nextDouble(21, 30);
            jobs.add(
                    job(
                            i,
                            arrival,
                            arrival + random.nextDouble(1, 8),
                            random.nextDouble(0.2, 3),
                            first,
                            first + random.nextDouble(0, 3)));
        }
        jobs.sort(Comparator.comparingDouble(SimulatedJob::arrival));
        return new Workload(jobs, workers, SERVICE);
    }

    /** Of two pointers, the second twice as dear. */
    private static SimulatedJob job(
            int number, double arrival, double deadline, double size, double one, double two) {
        QualityCurve curve = new QualityCurve(20, new double[] {one, two}, new double[] {1, 2});
        return new SimulatedJob(
                number, arrival, deadline, PriorityClass.STANDARD, "any", curve, size, 1);
    }

    /** List schedules: every order of every subset, each job at each pointer. */
    private static final class BruteForce {
        private final Workload workload;
        private final List<SimulatedJob> jobs;
        private final double[] best;

        BruteForce(Workload workload) {
            this.workload = workload;
            this.jobs = workload.jobs();
            this.best = new double[jobs.size() + 1];
        }

        /** The best mean PSNR of all schedules that keep at least so many deadlines. */
        double[] bestPsnrByKept() {
            Arrays.fill(best, Double.NEGATIVE_INFINITY);
            double inputs = jobs.stream().mapToDouble(job -> job.curve().inputPsnr()).sum();
            extend(0, 0, new double[workload.workers()], inputs);
            for (int kept = best.length - 2; kept >= 0; kept--) {
                best[kept] = Math.max(best[kept], best[kept + 1]);
            }
            return best;
        }

        private void extend(int taken, int kept, double[] freeAt, double psnr) {
            best[kept] = Math.max(best[kept], psnr / jobs.size());
            for (int i = 0; i < jobs.size(); i++) {
                if ((taken & (1 << i)) == 0) {
                    start(i, taken, kept, freeAt, psnr);
                }
            }
        }

        private void start(int i, int taken, int kept, double[] freeAt, double psnr) {
            SimulatedJob job = jobs.get(i);
            int worker = 0;
            for (int other = 1; other < freeAt.length; other++) {
                worker = freeAt[other] < freeAt[worker] ? other : worker;
            }
            for (int pointer = 1; pointer <= job.curve().n(); pointer++) {
                double end =
                        Math.max(freeAt[worker], job.arrival()) + workload.seconds(job, pointer);
                if (end <= job.deadline()) {
                    double[] next = freeAt.clone();
                    next[worker] = end;
                    double gain = job.curve().psnr(pointer) - job.curve().inputPsnr();
                    extend(taken | (1 << i), kept + 1, next, psnr + gain);
                }
            }
        }
    }
}

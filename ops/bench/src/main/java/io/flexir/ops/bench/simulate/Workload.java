package io.flexir.ops.bench.simulate;

import io.flexir.scheduler.budget.ServiceTime;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Jobs and the fleet that they come to.
 *
 * @param jobs by arrival
 * @param workers of one slot each
 * @param service how long a slot works on a job of slowness 1
 */
public record Workload(List<SimulatedJob> jobs, int workers, ServiceTime service) {
    public Workload {
        jobs = List.copyOf(jobs);
    }

    /** A CPU worker: 20 GMAC/s, 0.1 s to fetch, decode, encode and store. */
    public static final ServiceTime CPU_WORKER = new ServiceTime(0.1, 20);

    /** Work of all jobs at full depth over what the workers can do while they come. */
    public double load() {
        return fullDepthSeconds(jobs, service) / (workers * span(jobs));
    }

    /** Worker-seconds of all jobs at full depth. */
    public static double fullDepthSeconds(List<SimulatedJob> jobs, ServiceTime service) {
        return jobs.stream()
                .mapToDouble(job -> service.seconds(job.facts(), job.curve().n()))
                .sum();
    }

    /** Seconds that a slot really works on a job. */
    public double seconds(SimulatedJob job, int pointer) {
        return job.slowness() * service.seconds(job.facts(), pointer);
    }

    /** Seconds that a slot is expected to work on one stage of a job. */
    double stageSeconds(SimulatedJob job, int pointer) {
        return service.seconds(job.facts(), pointer) - service.seconds(job.facts(), pointer - 1);
    }

    /**
     * Arrivals whose work at full depth is {@code load} times what the workers can do while they
     * come. A larger fleet gets more of them in the same time; what remains, and whatever is beyond
     * {@code mostJobs}, is made up for by time.
     */
    public static Workload scaled(
            Trace trace,
            JobMix mix,
            long seed,
            int workers,
            double load,
            ServiceTime service,
            int mostJobs) {
        double work = fullDepthSeconds(mix.jobs(trace, seed), service);
        long wanted = Math.round(load * workers * trace.span() / work);
        int times = Math.clamp(wanted, 1, Math.max(1, mostJobs / trace.jobs()));
        Trace more = trace.multiplied(times, new SplittableRandom(seed));
        return stretched(more, mix, seed, workers, load, service);
    }

    /** Arrivals as much faster or slower as the load takes. */
    private static Workload stretched(
            Trace trace, JobMix mix, long seed, int workers, double load, ServiceTime service) {
        double work = fullDepthSeconds(mix.jobs(trace, seed), service);
        Trace scaled = trace.stretched(work / (load * workers) / trace.span());
        return new Workload(mix.jobs(scaled, seed), workers, service);
    }

    /**
     * So many made arrivals whose work at full depth is {@code load} times what the workers can do
     * while they come, whichever part of a burst or a day that is.
     */
    public static Workload made(
            Arrivals arrivals,
            int count,
            JobMix mix,
            long seed,
            int workers,
            double load,
            ServiceTime service) {
        double span = work(arrivals, count, mix, seed, service) / (load * workers);
        double perSecond = count / (span * arrivals.meanRate(span));
        Trace drawn = arrivals.generate(count, perSecond, new SplittableRandom(seed));
        return stretched(drawn, mix, seed, workers, load, service);
    }

    /** As many workers as make the load while all that is special of the arrivals is seen. */
    public static long workersFor(
            Arrivals arrivals, int count, JobMix mix, long seed, double load, ServiceTime service) {
        double work = work(arrivals, count, mix, seed, service);
        return Math.max(1, Math.round(work / (load * arrivals.spanSeconds())));
    }

    /** However fast they come. */
    private static double work(
            Arrivals arrivals, int count, JobMix mix, long seed, ServiceTime service) {
        Trace drawn = arrivals.generate(count, 1, new SplittableRandom(seed));
        return fullDepthSeconds(mix.jobs(drawn, seed), service);
    }

    /** As many workers as make the load of jobs that come as they came. */
    public static long workersFor(List<SimulatedJob> jobs, double load, ServiceTime service) {
        return Math.max(1, Math.round(fullDepthSeconds(jobs, service) / (load * span(jobs))));
    }

    /**
     * The same jobs, with the same time to their deadlines, as much faster or slower as the load
     * takes.
     */
    public static Workload paced(
            List<SimulatedJob> jobs, int workers, double load, ServiceTime service) {
        double factor = fullDepthSeconds(jobs, service) / (load * workers) / span(jobs);
        return new Workload(
                jobs.stream().map(job -> job.at(job.arrival() * factor)).toList(),
                workers,
                service);
    }

    private static double span(List<SimulatedJob> jobs) {
        double[] seconds = jobs.stream().mapToDouble(SimulatedJob::arrival).toArray();
        return new Trace(seconds, new double[seconds.length]).span();
    }

    /** As many workers as make the load of arrivals that come as they came. */
    public static long workersFor(
            Trace trace, JobMix mix, long seed, double load, ServiceTime service) {
        double work = fullDepthSeconds(mix.jobs(trace, seed), service);
        return Math.max(1, Math.round(work / (load * trace.span())));
    }
}

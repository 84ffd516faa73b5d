package io.flexir.ops.bench.twin;

import io.flexir.scheduler.budget.ServiceTime;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a simulation needs to know of a real worker.
 *
 * @param service of its slot, everything between two orders included
 * @param receipts of its network alone, by what receipts say
 * @param reportSeconds from the end of a slot's work to the outcome, negative where the outcome is
 *     there before the slot is free again
 * @param spread standard deviation of a network's time, as a share of its slot's
 * @param jobs that were measured
 */
public record Calibration(
        ServiceTime service, ServiceTime receipts, double reportSeconds, double spread, int jobs) {
    private static final int LEAST_SAMPLES = 20;

    /** A job that was measured. */
    record Sample(double gigaMacs, double seconds) {}

    /**
     * @param slot mean seconds between two outcomes while jobs alike wait in line
     * @param receipts seconds of the network by receipts
     * @param alone seconds from submission to outcome of jobs that found nobody in line
     */
    static Calibration of(List<Sample> slot, List<Sample> receipts, List<Sample> alone) {
        ServiceTime service = line(slot);
        ServiceTime told = line(receipts);
        double spread =
                Math.sqrt(
                        mean(
                                receipts,
                                s ->
                                        square(
                                                (s.seconds() - seconds(told, s.gigaMacs()))
                                                        / seconds(service, s.gigaMacs()))));
        double report = mean(alone, s -> s.seconds() - seconds(service, s.gigaMacs()));
        return new Calibration(service, told, report, spread, receipts.size());
    }

    /** What lies in the middle of two, of a worker whose speed changed between them. */
    static Calibration between(Calibration one, Calibration other) {
        return new Calibration(
                between(one.service, other.service),
                between(one.receipts, other.receipts),
                (one.reportSeconds + other.reportSeconds) / 2,
                (one.spread + other.spread) / 2,
                one.jobs + other.jobs);
    }

    private static ServiceTime between(ServiceTime one, ServiceTime other) {
        double secondsPerMac = (1 / one.gigaMacsPerSecond() + 1 / other.gigaMacsPerSecond()) / 2;
        return new ServiceTime(
                (one.overheadSeconds() + other.overheadSeconds()) / 2, 1 / secondsPerMac);
    }

    /**
     * The same of a slot as it was while some jobs ran. The network is as much slower as it was,
     * and the rest is what makes the mean right. A line through those jobs would not do: slow ones
     * end early, after few GMACs.
     *
     * @param waited jobs that waited in line, from the outcome before to their own; too few of them
     *     change nothing
     * @param times as long as here the network took
     */
    Calibration lived(List<Sample> waited, double times) {
        if (waited.size() < LEAST_SAMPLES) {
            return this;
        }
        double speed = service.gigaMacsPerSecond() / times;
        double rest = mean(waited, Sample::seconds) - mean(waited, Sample::gigaMacs) / speed;
        ServiceTime lived = new ServiceTime(Math.max(0, rest), speed);
        return new Calibration(lived, receipts, reportSeconds, spread, waited.size());
    }

    /**
     * How much longer each held its slot than it would have if the networks of all had been as slow
     * as all together.
     *
     * @param networks seconds of the network of each
     * @param times as long as here all of them took together
     */
    List<Double> slowness(List<Sample> networks, double times) {
        return networks.stream()
                .map(
                        job -> {
                            double expected = times * seconds(receipts, job.gigaMacs());
                            double more = job.seconds() - expected;
                            return 1 + more / seconds(service, job.gigaMacs());
                        })
                .toList();
    }

    /** Seconds that networks took together, over what they would have taken here. */
    double pace(List<Sample> networks) {
        return mean(networks, Sample::seconds)
                / mean(networks, s -> seconds(receipts, s.gigaMacs()));
    }

    /** Least squares. */
    private static ServiceTime line(List<Sample> samples) {
        double meanMacs = mean(samples, Sample::gigaMacs);
        double meanSeconds = mean(samples, Sample::seconds);
        double variance = mean(samples, s -> square(s.gigaMacs() - meanMacs));
        double covariance =
                mean(samples, s -> (s.gigaMacs() - meanMacs) * (s.seconds() - meanSeconds));
        double perMac = covariance / variance;
        return new ServiceTime(Math.max(0, meanSeconds - perMac * meanMacs), 1 / perMac);
    }

    private static double seconds(ServiceTime service, double gigaMacs) {
        return service.overheadSeconds() + gigaMacs / service.gigaMacsPerSecond();
    }

    private static double mean(List<Sample> samples, ToDoubleFunction<Sample> value) {
        return samples.stream().mapToDouble(value).average().orElseThrow();
    }

    private static double square(double value) {
        return value * value;
    }
}

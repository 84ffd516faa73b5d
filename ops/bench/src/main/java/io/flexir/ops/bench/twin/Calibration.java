package io.flexir.ops.bench.twin;

import io.flexir.scheduler.budget.ServiceTime;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a simulation needs to know of a real worker.
 *
 * @param service of its slot, everything between two orders included
 * @param receipts the same by what receipts say, which know nothing of what is between
 * @param reportSeconds from the end of a slot's work to the outcome, negative where the outcome is
 *     there before the slot is free again
 * @param spread standard deviation of a job's time over what {@code service} says, as a share of it
 * @param jobs that were measured
 */
public record Calibration(
        ServiceTime service, ServiceTime receipts, double reportSeconds, double spread, int jobs) {
    /** A job that was measured. */
    record Sample(double gigaMacs, double seconds) {}

    /**
     * @param slot seconds between two outcomes while jobs wait in line, with the GMACs of the
     *     second
     * @param receipts seconds by receipts
     * @param alone seconds from submission to outcome of jobs that found nobody in line
     */
    static Calibration of(List<Sample> slot, List<Sample> receipts, List<Sample> alone) {
        ServiceTime service = line(slot);
        double spread =
                Math.sqrt(
                        mean(slot, s -> square(s.seconds() / seconds(service, s.gigaMacs()) - 1)));
        double report = mean(alone, s -> s.seconds() - seconds(service, s.gigaMacs()));
        return new Calibration(service, line(receipts), report, spread, slot.size());
    }

    /**
     * The same worker at another pace.
     *
     * @param pace seconds, as a multiple of these
     */
    Calibration at(double pace) {
        return new Calibration(at(service, pace), at(receipts, pace), reportSeconds, spread, jobs);
    }

    private static ServiceTime at(ServiceTime service, double pace) {
        return new ServiceTime(
                service.overheadSeconds() * pace, service.gigaMacsPerSecond() / pace);
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

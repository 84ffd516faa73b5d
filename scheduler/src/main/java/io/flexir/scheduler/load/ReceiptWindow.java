package io.flexir.scheduler.load;

import static java.util.stream.Collectors.groupingBy;

import io.flexir.contracts.work.Receipt;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.bundles.Bundle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What the last restored jobs cost. Only restored ones: a rejected image says nothing of the speed
 * of restoring. Bounded in number and age; thread-safe.
 */
public final class ReceiptWindow {
    private static final int MAX_SAMPLES = 512;
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private final Deque<Sample> samples = new ArrayDeque<>();

    /** Takes in the receipt of a job that was restored just now, by this bundle. */
    public synchronized void add(Receipt receipt, Bundle bundle, Instant now) {
        Sample sample = Sample.of(receipt, bundle, now);
        if (sample.saysSomething()) {
            samples.addLast(sample);
        }
        Instant oldest = now.minus(MAX_AGE);
        while (samples.size() > MAX_SAMPLES
                || (!samples.isEmpty() && samples.getFirst().at().isBefore(oldest))) {
            samples.removeFirst();
        }
    }

    /** What they say together; none while there is none. */
    public Optional<Measured> measured() {
        List<Sample> all = copy();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Double> byWorker =
                all.stream()
                        .collect(
                                groupingBy(
                                        Sample::workerId,
                                        Collectors.collectingAndThen(
                                                Collectors.toList(), ReceiptWindow::speed)));
        return Optional.of(
                new Measured(
                        sum(all, Sample::pixels) / all.size(),
                        sum(all, Sample::gigaMacs) / sum(all, Sample::bareGigaMacs),
                        speed(all),
                        byWorker,
                        serviceTime(all)));
    }

    /**
     * Least squares of seconds over GMACs; through the origin where the samples are too alike, or
     * say that a job without pixels takes less than nothing.
     */
    private static ServiceTime serviceTime(List<Sample> samples) {
        double meanMacs = sum(samples, Sample::bareGigaMacs) / samples.size();
        double meanSeconds = sum(samples, Sample::seconds) / samples.size();
        double variance = sum(samples, s -> square(s.bareGigaMacs() - meanMacs));
        double covariance =
                sum(samples, s -> (s.bareGigaMacs() - meanMacs) * (s.seconds() - meanSeconds));
        boolean alike = variance < 1e-3 * samples.size() * square(meanMacs);
        double secondsPerMac = alike ? 0 : covariance / variance;
        double overhead = meanSeconds - secondsPerMac * meanMacs;
        return secondsPerMac > 0 && overhead >= 0
                ? new ServiceTime(overhead, 1 / secondsPerMac)
                : new ServiceTime(0, meanMacs / meanSeconds);
    }

    private static double square(double value) {
        return value * value;
    }

    private synchronized List<Sample> copy() {
        return List.copyOf(samples);
    }

    private static double speed(Collection<Sample> samples) {
        return sum(samples, Sample::gigaMacs) / sum(samples, Sample::seconds);
    }

    private static double sum(Collection<Sample> samples, ToDoubleFunction<Sample> field) {
        return samples.stream().mapToDouble(field).sum();
    }

    /**
     * Averages over the window.
     *
     * @param meanPixels of an input
     * @param overhead what a job really costs over what its pixels alone would: halo, padding, exit
     *     checks
     * @param slotSpeed GMAC/s of one slot, storage and codecs included
     * @param slotSpeedByWorker the same of each worker that restored anything
     * @param serviceTime of one slot, by what a job's pixels alone would cost
     */
    public record Measured(
            double meanPixels,
            double overhead,
            double slotSpeed,
            Map<String, Double> slotSpeedByWorker,
            ServiceTime serviceTime) {
        public Measured {
            slotSpeedByWorker = Map.copyOf(slotSpeedByWorker);
        }
    }

    private record Sample(
            Instant at,
            String workerId,
            long pixels,
            double gigaMacs,
            double bareGigaMacs,
            double seconds) {
        static Sample of(Receipt receipt, Bundle bundle, Instant now) {
            double macs =
                    receipt.regions().stream()
                            .mapToDouble(
                                    region ->
                                            (double) region.width()
                                                    * region.height()
                                                    * bundle.macsPerPixel(region.pointer()))
                            .sum();
            return new Sample(
                    now,
                    receipt.workerId(),
                    receipt.inputSize().pixels(),
                    receipt.gigaMacs(),
                    macs / 1e9,
                    receipt.seconds().total());
        }

        boolean saysSomething() {
            return gigaMacs > 0 && bareGigaMacs > 0 && seconds > 0;
        }
    }
}

package io.flexir.scheduler.load;

import io.flexir.contracts.work.Receipt;
import io.flexir.scheduler.bundles.Bundle;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

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
        if (receipt.gigaMacs() > 0 && receipt.seconds().total() > 0) {
            samples.addLast(
                    new Sample(
                            now,
                            receipt.workerId(),
                            receipt.inputSize().pixels(),
                            receipt.gigaMacs(),
                            bareGigaMacs(receipt, bundle),
                            receipt.seconds().total()));
        }
        forgetBefore(now.minus(MAX_AGE));
        while (samples.size() > MAX_SAMPLES) {
            samples.removeFirst();
        }
    }

    /** Mean pixels of an input. */
    public OptionalDouble meanPixels() {
        return ratio(Sample::pixels, sample -> 1);
    }

    /** What a job really costs over what its pixels alone would: halo, padding, exit checks. */
    public OptionalDouble overhead() {
        return ratio(Sample::gigaMacs, Sample::bareGigaMacs);
    }

    /** GMAC/s of one slot of this worker, storage and codecs included. */
    public OptionalDouble slotSpeed(String workerId) {
        return ratio(of(workerId, Sample::gigaMacs), of(workerId, Sample::seconds));
    }

    /** GMAC/s of one slot of any worker. */
    public OptionalDouble slotSpeed() {
        return ratio(Sample::gigaMacs, Sample::seconds);
    }

    private synchronized OptionalDouble ratio(
            ToDoubleFunction<Sample> dividend, ToDoubleFunction<Sample> divisor) {
        double above = samples.stream().mapToDouble(dividend).sum();
        double below = samples.stream().mapToDouble(divisor).sum();
        return above > 0 && below > 0 ? OptionalDouble.of(above / below) : OptionalDouble.empty();
    }

    private void forgetBefore(Instant oldest) {
        while (!samples.isEmpty() && samples.getFirst().at().isBefore(oldest)) {
            samples.removeFirst();
        }
    }

    private static ToDoubleFunction<Sample> of(String workerId, ToDoubleFunction<Sample> field) {
        return sample -> sample.workerId().equals(workerId) ? field.applyAsDouble(sample) : 0;
    }

    private static double bareGigaMacs(Receipt receipt, Bundle bundle) {
        return receipt.regions().stream()
                        .mapToDouble(
                                region ->
                                        (double) region.width()
                                                * region.height()
                                                * bundle.macsPerPixel(region.pointer()))
                        .sum()
                / 1e9;
    }

    private record Sample(
            Instant at,
            String workerId,
            long pixels,
            double gigaMacs,
            double bareGigaMacs,
            double seconds) {}
}

package io.flexir.scheduler.load;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.reducing;

import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.Receipt;
import io.flexir.scheduler.budget.ServiceTime;
import io.flexir.scheduler.bundles.Bundle;
import io.flexir.scheduler.load.Speeds.Work;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * What the last restored jobs cost. Only restored ones: a rejected image says nothing of the speed
 * of restoring. A worker's first job with a model pays for its start, and tells of speed only while
 * nothing else does. Bounded in number, and in age by what comes later: where nothing does, the
 * last word holds, for it is nearer the truth than what is taken before the first. Thread-safe.
 */
public final class ReceiptWindow {
    private static final int MAX_SAMPLES = 512;
    private static final Duration MAX_AGE = Duration.ofMinutes(10);

    private final Deque<Sample> samples = new ArrayDeque<>();
    private @Nullable Measured latest;

    /** Takes in the receipt of a job that was restored just now, by this bundle. */
    public synchronized void add(Receipt receipt, Bundle bundle, Instant now) {
        forgetBefore(now.minus(MAX_AGE));
        boolean first = samples.stream().noneMatch(sample -> sample.isOfSame(receipt));
        Sample sample = Sample.of(receipt, bundle, first, now);
        if (sample.saysSomething()) {
            samples.addLast(sample);
        }
        if (samples.size() > MAX_SAMPLES) {
            samples.removeFirst();
        }
        latest = null;
    }

    private void forgetBefore(Instant oldest) {
        while (!samples.isEmpty() && samples.getFirst().at().isBefore(oldest)) {
            samples.removeFirst();
        }
    }

    /** What they say together; none while there is none. */
    public synchronized Optional<Measured> measured() {
        if (latest == null && !samples.isEmpty()) {
            latest = measure(List.copyOf(samples));
        }
        return Optional.ofNullable(latest);
    }

    private static Measured measure(List<Sample> all) {
        List<Sample> later = all.stream().filter(sample -> !sample.first()).toList();
        List<Sample> telling = later.isEmpty() ? all : later;
        return new Measured(
                mean(all, Sample::pixels),
                sum(all, Sample::gigaMacs) / sum(all, Sample::bareGigaMacs),
                mean(telling, Sample::gigaMacs),
                mean(telling, Sample::overheadSeconds),
                new Speeds(byWorker(later), work(all)));
    }

    private static Work work(List<Sample> samples) {
        return samples.stream().map(Sample::work).reduce(Work.NONE, Work::plus);
    }

    private static Map<String, Map<String, Work>> byWorker(List<Sample> samples) {
        return samples.stream()
                .collect(
                        groupingBy(
                                Sample::workerId,
                                groupingBy(
                                        Sample::model,
                                        reducing(Work.NONE, Sample::work, Work::plus))));
    }

    private static double mean(Collection<Sample> samples, ToDoubleFunction<Sample> field) {
        return sum(samples, field) / samples.size();
    }

    private static double sum(Collection<Sample> samples, ToDoubleFunction<Sample> field) {
        return samples.stream().mapToDouble(field).sum();
    }

    /**
     * Averages over the window.
     *
     * @param meanPixels of an input
     * @param overhead what a job's network really costs over what its pixels alone would: halo,
     *     padding, exit checks
     * @param meanGigaMacs of a job
     * @param overheadSeconds what a job takes beside its network, whatever the depth: storage and
     *     codecs
     * @param speeds of the network, by worker and model
     */
    public record Measured(
            double meanPixels,
            double overhead,
            double meanGigaMacs,
            double overheadSeconds,
            Speeds speeds) {
        /** GMAC/s of a slot whose network does so many, storage and codecs of a job included. */
        double withOverhead(double gigaMacsPerSecond) {
            double seconds = overheadSeconds + meanGigaMacs / gigaMacsPerSecond;
            return meanGigaMacs > 0 ? meanGigaMacs / seconds : gigaMacsPerSecond;
        }

        /** Of a job whose network does so many GMAC/s, by what its pixels alone would cost. */
        ServiceTime serviceTime(double gigaMacsPerSecond) {
            return new ServiceTime(overheadSeconds, gigaMacsPerSecond / overhead);
        }
    }

    private record Sample(
            Instant at,
            String workerId,
            String model,
            boolean first,
            long pixels,
            double gigaMacs,
            double bareGigaMacs,
            PhaseSeconds seconds) {
        static Sample of(Receipt receipt, Bundle bundle, boolean first, Instant now) {
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
                    receipt.model(),
                    first,
                    receipt.inputSize().pixels(),
                    receipt.gigaMacs(),
                    macs / 1e9,
                    receipt.seconds());
        }

        boolean isOfSame(Receipt receipt) {
            return workerId.equals(receipt.workerId()) && model.equals(receipt.model());
        }

        boolean saysSomething() {
            return gigaMacs > 0 && bareGigaMacs > 0 && seconds.inference() > 0;
        }

        double overheadSeconds() {
            return seconds.total() - seconds.inference();
        }

        Work work() {
            return new Work(gigaMacs, seconds.inference());
        }
    }
}

package io.flexir.scheduler.costs;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.AdaptiveRule;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Quality against cost, by model: what its images of a time cost and are expected to be worth, what
 * both would have been at other pointers, and what thresholds and clients with a reference have
 * told.
 *
 * @param from the beginning of the time that traffic is of
 * @param to its end
 * @param models by name
 */
public record QualityReport(Instant from, Instant to, PriceList prices, List<Model> models) {
    public QualityReport {
        models = List.copyOf(models);
    }

    /**
     * One restored image.
     *
     * @param psnr of the result in dB, from a client that has a reference
     */
    public record Sample(Outcome.Restored end, @Nullable Double psnr) {}

    /**
     * One model.
     *
     * @param traffic of the time
     * @param fixed by pointer 1..n
     * @param adaptive by rule and threshold, of everything that was told
     */
    public record Model(
            BundleManifest manifest,
            Traffic traffic,
            List<AtPointer> fixed,
            List<AtThreshold> adaptive) {}

    /**
     * Images together.
     *
     * @param megapixels of their inputs
     * @param meanPointer by area
     * @param expectedPsnr mean over the images of what the calibration gives the pointers where
     *     their areas ended, in dB; 0 without images
     */
    public record Traffic(
            long images, double megapixels, Priced used, double meanPointer, double expectedPsnr) {}

    /**
     * A fixed pointer.
     *
     * @param psnr by calibration, in dB
     * @param cost of the traffic's images, had they all been run to it
     * @param reference what clients measured of regular runs that ended there; none where none did
     */
    public record AtPointer(int pointer, double psnr, Priced cost, @Nullable Reference reference) {}

    /**
     * Adaptive runs with one threshold.
     *
     * @param fullDepth what the same images would have cost at full depth
     * @param reference what clients measured of them; none where none did
     */
    public record AtThreshold(
            AdaptiveRule rule,
            double threshold,
            Traffic traffic,
            Priced fullDepth,
            @Nullable Reference reference) {}

    /**
     * What clients with a reference measured.
     *
     * @param psnr mean in dB
     */
    public record Reference(long samples, double psnr) {}

    /**
     * Adds up.
     *
     * @param samples every restored image that is known; those before {@code from} are no traffic,
     *     but tell of thresholds and references
     */
    public static QualityReport of(
            Stream<Sample> samples,
            Collection<BundleManifest> models,
            PriceList prices,
            Instant from,
            Instant to) {
        Map<String, QualityTally> tallies = new LinkedHashMap<>();
        models.stream()
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .forEach(model -> tallies.put(model.name(), new QualityTally(model, prices)));
        samples.forEach(
                sample -> {
                    QualityTally tally = tallies.get(sample.end().receipt().model());
                    if (tally != null && !sample.end().finishedAt().isAfter(to)) {
                        tally.add(sample, !sample.end().finishedAt().isBefore(from));
                    }
                });
        List<Model> told = new ArrayList<>();
        tallies.values().forEach(tally -> told.add(tally.report()));
        return new QualityReport(from, to, prices, told);
    }
}

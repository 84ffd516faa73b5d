package io.flexir.scheduler.costs;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.scheduler.costs.QualityReport.AtPointer;
import io.flexir.scheduler.costs.QualityReport.AtThreshold;
import io.flexir.scheduler.costs.QualityReport.Reference;
import io.flexir.scheduler.costs.QualityReport.Sample;
import io.flexir.scheduler.costs.QualityReport.Traffic;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Adds up the images of one model. Not thread-safe. */
final class QualityTally {
    private final BundleManifest model;
    private final PriceList prices;
    private final Sum traffic = new Sum();
    private final Map<Integer, Measured> byPointer = new HashMap<>();
    private final Map<Dial, Sum> byThreshold =
            new TreeMap<>(Comparator.comparing(Dial::rule).thenComparingDouble(Dial::threshold));

    QualityTally(BundleManifest model, PriceList prices) {
        this.model = model;
        this.prices = prices;
    }

    private record Dial(AdaptiveRule rule, double threshold) {}

    /**
     * @param counts whether it belongs to the traffic
     */
    void add(Sample sample, boolean counts) {
        if (counts) {
            traffic.add(sample);
        }
        Receipt receipt = sample.end().receipt();
        switch (receipt.inference()) {
            case Inference.Adaptive(double threshold, AdaptiveRule rule) ->
                    byThreshold
                            .computeIfAbsent(new Dial(rule, threshold), dial -> new Sum())
                            .add(sample);
            case Inference.Regular() -> {
                if (endedAtOnePointer(receipt)) {
                    byPointer
                            .computeIfAbsent(receipt.deepestPointer(), pointer -> new Measured())
                            .add(sample.psnr());
                }
            }
        }
    }

    QualityReport.Model report() {
        List<AtPointer> fixed =
                IntStream.rangeClosed(1, model.n())
                        .mapToObj(
                                pointer ->
                                        new AtPointer(
                                                pointer,
                                                psnr(pointer),
                                                traffic.fixed(pointer),
                                                reference(byPointer.get(pointer))))
                        .toList();
        List<AtThreshold> adaptive = new ArrayList<>();
        byThreshold.forEach(
                (dial, sum) ->
                        adaptive.add(
                                new AtThreshold(
                                        dial.rule(),
                                        dial.threshold(),
                                        sum.told(),
                                        sum.fixed(model.n()),
                                        reference(sum.measured))));
        return new QualityReport.Model(model, traffic.told(), fixed, List.copyOf(adaptive));
    }

    private double psnr(int pointer) {
        return model.calibration().psnr().get(Math.clamp(pointer, 1, model.n()) - 1);
    }

    private double expectedPsnr(Receipt receipt) {
        double area = 0;
        double sum = 0;
        for (RegionReceipt region : receipt.regions()) {
            double pixels = (double) region.width() * region.height();
            area += pixels;
            sum += pixels * psnr(region.pointer());
        }
        return sum / area;
    }

    private static boolean endedAtOnePointer(Receipt receipt) {
        return receipt.regions().stream().mapToInt(RegionReceipt::pointer).distinct().count() == 1;
    }

    private static @Nullable Reference reference(@Nullable Measured measured) {
        return measured == null || measured.samples == 0
                ? null
                : new Reference(measured.samples, measured.sum / measured.samples);
    }

    /** PSNR that clients measured. */
    private static final class Measured {
        private long samples;
        private double sum;

        void add(@Nullable Double psnr) {
            if (psnr != null) {
                samples++;
                sum += psnr;
            }
        }
    }

    private final class Sum {
        private final Measured measured = new Measured();
        private CostSum cost = CostSum.NOTHING;
        private double megapixels;
        private double pointers;
        private double decibels;

        void add(Sample sample) {
            Receipt receipt = sample.end().receipt();
            ImageCost image = ImageCost.of(sample.end(), Optional.of(model));
            cost = cost.plus(CostSum.of(CostCell.of(image), image.key().device(), prices));
            double pixels = receipt.inputSize().pixels() / 1e6;
            megapixels += pixels;
            pointers += pixels * receipt.meanPointer();
            decibels += expectedPsnr(receipt);
            measured.add(sample.psnr());
        }

        Priced fixed(int pointer) {
            return cost.fixed().isEmpty() ? Priced.NOTHING : cost.fixed().get(pointer - 1);
        }

        Traffic told() {
            return new Traffic(
                    cost.images(),
                    megapixels,
                    cost.used(),
                    megapixels == 0 ? 0 : pointers / megapixels,
                    cost.images() == 0 ? 0 : decibels / cost.images());
        }
    }
}

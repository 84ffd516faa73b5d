package io.flexir.ops.bench.simulate;

import io.flexir.contracts.request.PriorityClass;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.bundles.Bundle;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * What jobs ask for: drawn from a seed, the same for every policy.
 *
 * <ul>
 *   <li>a model of those there are, each as likely as the others, with its manifest's costs and
 *       PSNR;
 *   <li>a result of 0.3 megapixels times the trace's size, never under 64x64: a super-resolution
 *       model is fed its scale's square less;
 *   <li>a class with a deadline: 30% interactive, 4 s and 8 s more a megapixel; 50% standard, 15 s
 *       and 30 s more; 20% bulk, 120 s and 60 s more;
 *   <li>a run that takes between 10% less and 10% more than predicted.
 * </ul>
 */
public final class JobMix {
    private static final double MEAN_PIXELS = 300_000;
    private static final double LEAST_PIXELS = 64 * 64;
    private static final double NOISE = 0.1;

    private final List<Model> models;
    private final double meanPixels;
    private final double patience;
    private final double noise;

    public JobMix(List<Bundle> bundles) {
        this(bundles, MEAN_PIXELS, 1, NOISE);
    }

    /**
     * The same with other figures.
     *
     * @param meanPixels of a result
     * @param patience times as long until a deadline
     * @param noise share of its time that a run takes less or more than predicted, at most
     */
    public JobMix(List<Bundle> bundles, double meanPixels, double patience, double noise) {
        this.meanPixels = meanPixels;
        this.patience = patience;
        this.noise = noise;
        this.models =
                bundles.stream()
                        .sorted(Comparator.comparing(Bundle::name))
                        .map(bundle -> new Model(bundle, QualityCurve.of(bundle.manifest())))
                        .toList();
    }

    /** Jobs for these arrivals. */
    public List<SimulatedJob> jobs(Trace trace, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        List<SimulatedJob> jobs = new ArrayList<>(trace.jobs());
        for (int i = 0; i < trace.jobs(); i++) {
            jobs.add(job(i, trace.seconds()[i], trace.sizes()[i], random));
        }
        return jobs;
    }

    private SimulatedJob job(int number, double arrival, double size, RandomGenerator random) {
        Model model = models.get(random.nextInt(models.size()));
        double pixels = Math.max(LEAST_PIXELS, meanPixels * size);
        double megapixels = pixels / meanPixels * MEAN_PIXELS / 1e6;
        double lot = random.nextDouble();
        PriorityClass priority =
                lot < 0.3
                        ? PriorityClass.INTERACTIVE
                        : lot < 0.8 ? PriorityClass.STANDARD : PriorityClass.BULK;
        double allowed =
                switch (priority) {
                    case INTERACTIVE -> 4 + 8 * megapixels;
                    case STANDARD -> 15 + 30 * megapixels;
                    case BULK -> 120 + 60 * megapixels;
                };
        int scale = model.bundle().manifest().scale();
        return new SimulatedJob(
                number,
                arrival,
                arrival + patience * allowed,
                priority,
                model.bundle().name(),
                model.curve(),
                pixels / (scale * scale),
                1 + noise * (2 * random.nextDouble() - 1));
    }

    private record Model(Bundle bundle, QualityCurve curve) {}
}

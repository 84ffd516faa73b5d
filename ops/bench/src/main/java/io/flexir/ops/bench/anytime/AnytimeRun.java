package io.flexir.ops.bench.anytime;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.bench.scale.Pieces;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.scheduler.bundles.Bundle;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Jobs one after the other, each with a deadline drawn at random, in a fleet that grants full
 * depth.
 */
public final class AnytimeRun {
    private static final List<Integer> SIDES = List.of(160, 224, 288, 352);
    private static final int WARM_UPS = 5;
    private static final int MEASURED = 5;
    private static final double LEAST_SHARE = 0.3;
    private static final double MOST_SHARE = 1.5;

    private final FleetClient fleet;
    private final Bundle bundle;
    private final Path samples;
    private final Map<Integer, Submission.Input> inputs = new HashMap<>();

    /**
     * @param fleet a scheduler with one worker, whose policy grants full depth; stays the caller's
     *     to close
     * @param samples directory of clean photos, PNG
     */
    public AnytimeRun(FleetClient fleet, Bundle bundle, Path samples) {
        this.fleet = fleet;
        this.bundle = bundle;
        this.samples = samples;
    }

    /** Blocks until all have ended. */
    public List<Ended> run(int jobs, long seed) {
        SIDES.forEach(this::warmUp);
        Map<Integer, Double> atFloor = new HashMap<>();
        Map<Integer, Double> atFullDepth = new HashMap<>();
        SIDES.forEach(side -> atFloor.put(side, seconds(side, 1)));
        SIDES.forEach(side -> atFullDepth.put(side, seconds(side, bundle.n())));
        RandomGenerator random = new SplittableRandom(seed);
        List<Ended> ended = new ArrayList<>();
        for (int i = 0; i < jobs; i++) {
            int side = SIDES.get(random.nextInt(SIDES.size()));
            double share = random.nextDouble(LEAST_SHARE, MOST_SHARE);
            double full = Objects.requireNonNull(atFullDepth.get(side));
            double floor = Objects.requireNonNull(atFloor.get(side));
            Job job = ended(side, new Depth.Automatic(), share * full);
            int pointer = (int) Math.round(Objects.requireNonNull(job.receipt()).meanPointer());
            ended.add(
                    new Ended(
                            share,
                            share * full,
                            took(job),
                            floor,
                            (full - floor) / (bundle.n() - 1),
                            pointer,
                            bundle.n()));
        }
        return ended;
    }

    private void warmUp(int side) {
        for (int i = 0; i < WARM_UPS; i++) {
            ended(side, new Depth.Fixed(bundle.n()), null);
        }
    }

    /** The median. */
    private double seconds(int side, int pointer) {
        List<Double> measured = new ArrayList<>();
        for (int i = 0; i < MEASURED; i++) {
            measured.add(took(ended(side, new Depth.Fixed(pointer), null)));
        }
        return measured.stream().sorted().toList().get(MEASURED / 2);
    }

    private Job ended(int side, Depth depth, @Nullable Double deadlineSeconds) {
        Submission.Input input =
                inputs.computeIfAbsent(
                        side,
                        size -> Submission.Input.stored(fleet.upload(Pieces.one(samples, size))));
        Submission submission =
                new Submission(
                        input, bundle.name(), depth, deadlineSeconds, null, null, null, null, null);
        Job job = fleet.follow(fleet.submit(submission).id(), changed -> {});
        if (!job.succeeded()) {
            throw new CannotStart("a job was not restored: " + job.problem());
        }
        return job;
    }

    private static double took(Job job) {
        return Duration.between(job.createdAt(), Objects.requireNonNull(job.finishedAt())).toNanos()
                / 1e9;
    }
}

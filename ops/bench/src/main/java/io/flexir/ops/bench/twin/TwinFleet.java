package io.flexir.ops.bench.twin;

import io.flexir.contracts.request.Depth;
import io.flexir.ops.bench.OnTime;
import io.flexir.ops.bench.scale.Pieces;
import io.flexir.ops.bench.simulate.SimulatedJob;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;
import io.flexir.scheduler.bundles.Bundle;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;

/** The real side: jobs of square images for a fleet of one worker. */
final class TwinFleet {
    private static final int WARM_UP_ROUNDS = 60;
    private static final int IN_LINE = 8;

    /** A job that came later before an outcome may not have been with the worker yet. */
    private static final Duration GRANTED_WITHIN = Duration.ofMillis(100);

    private final FleetClient fleet;
    private final Bundle bundle;
    private final Path samples;
    private final Map<Integer, Submission.Input> inputs = new HashMap<>();

    /**
     * @param fleet a scheduler with one worker; stays the caller's to close
     * @param samples directory of clean photos, PNG
     */
    TwinFleet(FleetClient fleet, Bundle bundle, Path samples) {
        this.fleet = fleet;
        this.bundle = bundle;
        this.samples = samples;
    }

    /** Jobs that are not counted: the JVM is still compiling. */
    void warmUp(List<Integer> sides) {
        probes(sides, WARM_UP_ROUNDS).stream().map(this::submit).toList().forEach(this::ended);
    }

    /**
     * Measures the worker, and lets the scheduler do so: jobs alike that wait in line, at the floor
     * and at full depth; then some that find nobody in line.
     */
    Calibration calibrate(List<Integer> sides) {
        List<Calibration.Sample> slot = new ArrayList<>();
        List<Calibration.Sample> receipts = new ArrayList<>();
        for (Probe probe : probes(sides, 1)) {
            double macs = gigaMacs(probe);
            List<Job> ended = inLine(probe);
            slot.add(new Calibration.Sample(macs, meanSecondsApart(ended)));
            receipts.addAll(inference(ended));
        }
        return Calibration.of(slot, receipts, alone(sides));
    }

    private List<Job> inLine(Probe probe) {
        return Stream.generate(() -> submit(probe)).limit(IN_LINE).toList().stream()
                .map(this::ended)
                .toList();
    }

    /**
     * A slot brings one job home while it computes the next, so that single outcomes tell little.
     */
    private static double meanSecondsApart(List<Job> ended) {
        List<Instant> ends = ended.stream().map(TwinFleet::finishedAt).sorted().toList();
        return seconds(ends.getFirst(), ends.getLast()) / (ends.size() - 1);
    }

    private List<Probe> probes(List<Integer> sides, int rounds) {
        List<Probe> probes = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            sides.forEach(
                    side -> {
                        probes.add(new Probe(side, 1));
                        probes.add(new Probe(side, bundle.n()));
                    });
        }
        Collections.shuffle(probes, new Random(0));
        return probes;
    }

    private List<Calibration.Sample> alone(List<Integer> sides) {
        List<Calibration.Sample> alone = new ArrayList<>();
        for (Probe probe : probes(sides, 1)) {
            Job job = ended(submit(probe));
            alone.add(
                    new Calibration.Sample(
                            gigaMacs(probe), seconds(job.createdAt(), finishedAt(job))));
        }
        return alone;
    }

    private double gigaMacs(Probe probe) {
        return (double) probe.side * probe.side * bundle.macsPerPixel(probe.pointer) / 1e9;
    }

    private String submit(Probe probe) {
        return fleet.submit(
                        Submission.of(
                                input(probe.side), bundle.name(), new Depth.Fixed(probe.pointer)))
                .id();
    }

    /** Submits every job at its time. Returns how they ended, in the same order. */
    List<Job> play(List<SimulatedJob> jobs) {
        List<Submission> submissions = jobs.stream().map(this::submission).toList();
        List<Duration> times =
                jobs.stream().map(job -> Duration.ofNanos((long) (job.arrival() * 1e9))).toList();
        return OnTime.ask(times, i -> fleet.submit(submissions.get(i)).id()).stream()
                .map(this::ended)
                .toList();
    }

    /**
     * Of jobs that were there before the outcome before theirs: the seconds from one outcome to the
     * next.
     */
    static List<Calibration.Sample> waited(List<Job> ended) {
        List<Job> sorted =
                ended.stream().sorted(Comparator.comparing(TwinFleet::finishedAt)).toList();
        List<Calibration.Sample> waited = new ArrayList<>();
        for (int i = 1; i < sorted.size(); i++) {
            Instant before = finishedAt(sorted.get(i - 1));
            Job job = sorted.get(i);
            if (job.createdAt().plus(GRANTED_WITHIN).isBefore(before)) {
                double macs = Objects.requireNonNull(job.receipt()).gigaMacs();
                waited.add(new Calibration.Sample(macs, seconds(before, finishedAt(job))));
            }
        }
        return waited;
    }

    /** What the network of each took, by its receipt. */
    static List<Calibration.Sample> inference(List<Job> ended) {
        return ended.stream()
                .map(job -> Objects.requireNonNull(job.receipt()))
                .map(
                        receipt ->
                                new Calibration.Sample(
                                        receipt.gigaMacs(), receipt.seconds().inference()))
                .toList();
    }

    private Submission submission(SimulatedJob job) {
        int side = (int) Math.round(Math.sqrt(job.pixels()));
        return new Submission(
                input(side),
                bundle.name(),
                new Depth.Automatic(),
                job.deadline() - job.arrival(),
                job.priority(),
                null,
                null,
                null,
                null);
    }

    private Job ended(String id) {
        Job job = fleet.follow(id, changed -> {});
        if (!job.succeeded()) {
            throw new CannotStart("a job was not restored: " + job.problem());
        }
        return job;
    }

    /** Each size is stored once, however many jobs are about it. */
    private Submission.Input input(int side) {
        return inputs.computeIfAbsent(
                side, size -> Submission.Input.stored(fleet.upload(Pieces.one(samples, size))));
    }

    static double receiptSeconds(Job job) {
        return Objects.requireNonNull(job.receipt()).seconds().total();
    }

    static Instant finishedAt(Job job) {
        return Objects.requireNonNull(job.finishedAt());
    }

    static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toNanos() / 1e9;
    }

    private record Probe(int side, int pointer) {}
}

package io.flexir.ops.bench.worker;

import io.flexir.contracts.request.Depth;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.ops.bench.engine.EngineTurns;
import io.flexir.ops.local.CannotStart;
import io.flexir.ops.local.client.FleetClient;
import io.flexir.ops.local.client.Job;
import io.flexir.ops.local.client.Submission;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Photos that wait in line for the one worker of a fleet. */
public final class WorkerLoad {

    /** Not counted: the JVM is still compiling. */
    private static final int WARM_UPS = 40;

    /** The engine alone is timed for so long, before the worker and after it. */
    private static final double ENGINE_SECONDS = 5;

    private static final double MILLIS = 1000;

    private final FleetClient fleet;
    private final String model;
    private final int pointer;
    private final int slots;

    /**
     * @param fleet a scheduler with one worker; stays the caller's to close
     * @param slots of that worker
     */
    public WorkerLoad(FleetClient fleet, String model, int pointer, int slots) {
        this.fleet = fleet;
        this.model = model;
        this.pointer = pointer;
        this.slots = slots;
    }

    /**
     * Submits all photos at once and waits until the last has ended. The engine alone is timed
     * before and after, as the speed of a shared machine changes.
     *
     * @param engine alone, with images of the photos' size
     * @param photos files, taken in turn
     * @param count photos that are counted, after some that are not
     */
    public WorkerTimes run(EngineTurns engine, List<byte[]> photos, int count) {
        engine.seconds(ENGINE_SECONDS);
        double before = engine.seconds(ENGINE_SECONDS);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < count + WARM_UPS; i++) {
            Submission.Input input = fleet.input(photos.get(i % photos.size()));
            ids.add(fleet.submit(Submission.of(input, model, new Depth.Fixed(pointer))).id());
        }
        List<Job> ended =
                ids.stream()
                        .map(id -> fleet.follow(id, job -> {}))
                        .sorted(Comparator.comparing(WorkerLoad::finishedAt))
                        .toList();
        List<Job> counted = ended.subList(WARM_UPS, ended.size());
        Duration wall =
                Duration.between(
                        finishedAt(ended.get(WARM_UPS - 1)), finishedAt(counted.getLast()));
        double after = engine.seconds(ENGINE_SECONDS);
        return WorkerTimes.of(
                slots,
                wall.toMillis() / MILLIS,
                counted.stream().map(WorkerLoad::seconds).toList(),
                (before + after) / 2);
    }

    private static Instant finishedAt(Job job) {
        return Objects.requireNonNull(job.finishedAt());
    }

    private static PhaseSeconds seconds(Job job) {
        Job.Receipt receipt = job.receipt();
        if (receipt == null) {
            throw new CannotStart("a photo was not restored: " + job.problem());
        }
        return receipt.seconds();
    }
}

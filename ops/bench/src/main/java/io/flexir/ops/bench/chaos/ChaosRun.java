package io.flexir.ops.bench.chaos;

import io.flexir.ops.bench.chaos.check.Verdict;
import io.flexir.ops.bench.chaos.fleet.ChaosFleet;
import io.flexir.ops.bench.chaos.fleet.FaultRunner;
import io.flexir.ops.bench.chaos.fleet.FleetPlan;
import io.flexir.ops.bench.chaos.plan.FaultPlan;
import io.flexir.ops.bench.chaos.plan.PlannedFault;

import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Submits jobs to a fleet while faults strike it, lets it come to rest, and reads what is left. */
public final class ChaosRun {
    private static final Logger LOG = LoggerFactory.getLogger(ChaosRun.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration REST = Duration.ofMinutes(2);

    /** An order that lies unread, or whose worker has died, is reported within it. */
    private static final Duration QUIET = FleetPlan.LOCK.multipliedBy(3);

    private final ChaosFleet fleet;
    private final ChaosPlan plan;
    private final Consumer<Progress> watcher;

    /**
     * How far a run is, as a fault strikes.
     *
     * @param accepted jobs so far
     * @param ended jobs so far
     */
    public record Progress(PlannedFault fault, int accepted, int ended) {}

    /**
     * @param watcher told of each fault as it strikes
     */
    public ChaosRun(ChaosFleet fleet, ChaosPlan plan, Consumer<Progress> watcher) {
        this.fleet = fleet;
        this.plan = plan;
        this.watcher = watcher;
    }

    /**
     * Blocks until every job has ended, or none has for longer than the plan's patience; faults
     * strike until then.
     */
    public ChaosReport run() {
        long startNanos = System.nanoTime();
        String broker = fleet.connections().bootstrapServers();
        try (SeenOutcomes seen = new SeenOutcomes(broker);
                Load load =
                        new Load(
                                plan.jobs(),
                                plan.longest(),
                                plan.seed(),
                                fleet.clients(),
                                seen::count);
                Admin admin = fleet.admin()) {
            FaultRunner faults = strike(load, seen);
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            Set<String> acknowledged = new HashSet<>(load.acknowledged());
            acknowledged.addAll(faults.poisoned());
            awaitProgress(seen::count, () -> seen.count() >= acknowledged.size());
            Backlogs backlogs = new Backlogs(admin, broker);
            boolean settled = awaitRest(backlogs);
            if (!settled) {
                LOG.warn("event=not_at_rest unread={}", backlogs.unread());
            }
            Verdict verdict =
                    Verdict.of(
                            new EvidenceReader(fleet.connections())
                                    .read(
                                            acknowledged,
                                            backlogs.requestsTaken(),
                                            faults.poisoned(),
                                            fleet.workerEnds()));
            return ChaosReport.of(
                    plan.seed(),
                    verdict,
                    faults,
                    fleet.proxy().struck(),
                    load.refusals(),
                    fleet.endedByThemselves(),
                    settled,
                    seconds);
        }
    }

    /** Faults until every job has ended. */
    private FaultRunner strike(Load load, SeenOutcomes seen) {
        FaultRunner faults =
                new FaultRunner(
                        fleet,
                        new FaultPlan(plan.seed(), plan.kinds(), plan.every()),
                        seen::count,
                        fault ->
                                watcher.accept(
                                        new Progress(
                                                fault, load.acknowledgedCount(), seen.count())));
        try {
            awaitProgress(
                    () -> load.acknowledgedCount() + seen.count(),
                    () -> load.finished() && seen.count() >= load.acknowledgedCount());
        } finally {
            faults.close();
        }
        return faults;
    }

    /** Until it is done, or {@code count} has stood still for longer than our patience. */
    private void awaitProgress(IntSupplier count, BooleanSupplier done) {
        int last = -1;
        long sinceNanos = System.nanoTime();
        while (!done.getAsBoolean()) {
            int now = count.getAsInt();
            if (now != last) {
                last = now;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > plan.patience().toNanos()) {
                tellWhyNot(now);
                return;
            }
            pause();
        }
    }

    private void tellWhyNot(int count) {
        try (Admin admin = fleet.admin()) {
            LOG.warn(
                    "event=no_progress count={} seconds={} {}",
                    count,
                    plan.patience().toSeconds(),
                    Diagnosis.of(admin));
        }
    }

    /** Until everything is read, and nothing more has been written for a while. */
    private static boolean awaitRest(Backlogs backlogs) {
        long deadlineNanos = System.nanoTime() + REST.toNanos();
        long written = -1;
        long sinceNanos = System.nanoTime();
        while (System.nanoTime() < deadlineNanos) {
            long now = backlogs.written();
            if (now != written || !backlogs.unread().isEmpty()) {
                written = now;
                sinceNanos = System.nanoTime();
            } else if (System.nanoTime() - sinceNanos > QUIET.toNanos()) {
                return true;
            }
            pause();
        }
        return false;
    }

    private static void pause() {
        try {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException("interrupted");
        }
    }
}

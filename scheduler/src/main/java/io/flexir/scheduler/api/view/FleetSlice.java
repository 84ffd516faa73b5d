package io.flexir.scheduler.api.view;

import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.scheduler.load.WorkAhead;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What ended in a slice of time, in the whole fleet. Immutable.
 *
 * @param from its beginning
 * @param restored jobs
 * @param failed jobs, those that were rejected included
 * @param withDeadline jobs that had one and were not taken back
 * @param onTime those of them that were restored before it
 * @param degraded restored jobs that were given less than in an idle fleet
 * @param gigaMacs of the restored ones
 * @param joules of the restored ones
 * @param granted restored jobs by the pointer that was granted
 * @param used the same by where their regions ended, each job by shares of its area
 * @param backlog the latest look at what was to be done; none where nobody looked
 */
public record FleetSlice(
        Instant from,
        long restored,
        long failed,
        long withDeadline,
        long onTime,
        long degraded,
        double gigaMacs,
        double joules,
        SortedMap<Integer, Double> granted,
        SortedMap<Integer, Double> used,
        @Nullable WorkAhead backlog) {
    public FleetSlice {
        granted = Collections.unmodifiableSortedMap(new TreeMap<>(granted));
        used = Collections.unmodifiableSortedMap(new TreeMap<>(used));
    }

    static FleetSlice empty(Instant from) {
        return new FleetSlice(from, 0, 0, 0, 0, 0, 0, 0, new TreeMap<>(), new TreeMap<>(), null);
    }

    /** With one more look at the backlog. */
    FleetSlice with(WorkAhead latest) {
        return new FleetSlice(
                from,
                restored,
                failed,
                withDeadline,
                onTime,
                degraded,
                gigaMacs,
                joules,
                granted,
                used,
                latest);
    }

    /** With one more job that has ended. */
    FleetSlice with(JobView job) {
        boolean hasDeadline = job.request().terms().deadline() != null;
        return switch (job.outcome()) {
            case Outcome.Restored end -> withRestored(end, hasDeadline);
            case Outcome.Failed ignored -> withFailed(hasDeadline);
            case Outcome.Rejected ignored -> withFailed(hasDeadline);
            case Outcome.Cancelled ignored -> this;
            case null -> this;
        };
    }

    private FleetSlice withRestored(Outcome.Restored end, boolean hasDeadline) {
        Receipt receipt = end.receipt();
        TreeMap<Integer, Double> grants = new TreeMap<>(granted);
        grants.merge(receipt.budget().target(), 1.0, Double::sum);
        TreeMap<Integer, Double> uses = new TreeMap<>(used);
        double all = receipt.regions().stream().mapToDouble(FleetSlice::area).sum();
        receipt.regions()
                .forEach(region -> uses.merge(region.pointer(), area(region) / all, Double::sum));
        return new FleetSlice(
                from,
                restored + 1,
                failed,
                withDeadline + (hasDeadline ? 1 : 0),
                onTime + (hasDeadline && !end.late() ? 1 : 0),
                degraded + (end.degraded() ? 1 : 0),
                gigaMacs + receipt.gigaMacs(),
                joules + receipt.energy().joules(),
                grants,
                uses,
                backlog);
    }

    private FleetSlice withFailed(boolean hasDeadline) {
        return new FleetSlice(
                from,
                restored,
                failed + 1,
                withDeadline + (hasDeadline ? 1 : 0),
                onTime,
                degraded,
                gigaMacs,
                joules,
                granted,
                used,
                backlog);
    }

    private static double area(RegionReceipt region) {
        return (double) region.width() * region.height();
    }
}

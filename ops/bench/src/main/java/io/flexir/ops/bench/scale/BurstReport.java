package io.flexir.ops.bench.scale;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.job.JobState;
import io.flexir.ops.local.scale.Headcount;

import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * What happened.
 *
 * @param totals what a reader wants to know first
 * @param timeline the fleet, twice a second
 * @param jobs every job
 */
public record BurstReport(Totals totals, List<Sample> timeline, List<JobRow> jobs) {
    private static final JsonMapper MAPPER = new JsonMapper();

    public BurstReport {
        timeline = List.copyOf(timeline);
        jobs = List.copyOf(jobs);
    }

    /**
     * @param submitted jobs that the fleet took on
     * @param succeeded of them
     * @param withOneOutcome of them, by what is committed in the topic of outcomes
     * @param withOneOrder of them: nobody else was asked to do the same
     * @param degraded restored less deep than in an idle fleet
     * @param meanGranted pointer
     * @param meanUsed pointer
     * @param workersAtFirst ready ones
     * @param workersAtMost ready ones
     * @param workersAtLast ready ones
     * @param workersStarted processes
     * @param workersLost processes that ended without being asked to
     * @param secondsToLastResult from the first submission
     * @param secondsToAtRest until as few workers were there as at first
     */
    public record Totals(
            int submitted,
            int succeeded,
            int withOneOutcome,
            int withOneOrder,
            int degraded,
            double meanGranted,
            double meanUsed,
            int workersAtFirst,
            int workersAtMost,
            int workersAtLast,
            int workersStarted,
            int workersLost,
            double secondsToLastResult,
            double secondsToAtRest) {
        static Totals of(List<Sample> timeline, List<JobRow> jobs, Headcount last) {
            return new Totals(
                    jobs.size(),
                    (int) jobs.stream().filter(job -> job.state() == JobState.SUCCEEDED).count(),
                    (int) jobs.stream().filter(job -> job.outcomes() == 1).count(),
                    (int) jobs.stream().filter(job -> job.orders() == 1).count(),
                    (int) jobs.stream().filter(JobRow::degraded).count(),
                    mean(jobs.stream().flatMap(JobRow::grants)),
                    mean(jobs.stream().flatMap(JobRow::uses)),
                    timeline.getFirst().ready(),
                    most(timeline, Sample::ready),
                    timeline.getLast().ready(),
                    last.started(),
                    last.lost(),
                    jobs.stream()
                            .flatMap(JobRow::uses)
                            .mapToDouble(JobRow.Dated::seconds)
                            .max()
                            .orElse(0),
                    timeline.getLast().seconds());
        }

        private static double mean(Stream<JobRow.Dated> pointers) {
            return pointers.mapToDouble(JobRow.Dated::pointer).average().orElse(0);
        }

        private static int most(List<Sample> timeline, ToIntFunction<Sample> field) {
            return timeline.stream().mapToInt(field).max().orElse(0);
        }
    }

    /** Whether every job succeeded, once, and no worker was lost. */
    public boolean nothingLost() {
        return totals.succeeded() == totals.submitted()
                && totals.withOneOutcome() == totals.submitted()
                && totals.workersLost() == 0;
    }

    /** One line of JSON. */
    public String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report cannot be written as JSON", e);
        }
    }
}

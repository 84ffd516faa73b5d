package io.flexir.scheduler.api.control;

import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.job.Trial;

import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

import java.util.Optional;

/** Adds up the jobs of one variant. Not thread-safe. */
final class VariantTally {
    private final Variant variant;
    private final SummaryStatistics rating = new SummaryStatistics();
    private final SummaryStatistics psnr = new SummaryStatistics();
    private final SummaryStatistics gigaMacs = new SummaryStatistics();
    private final SummaryStatistics seconds = new SummaryStatistics();
    private long jobs;
    private int withDeadline;
    private int onTime;

    VariantTally(Variant variant) {
        this.variant = variant;
    }

    /** A job that has ended. */
    void add(JobView job, Trial trial, Optional<RateJob> feedback) {
        jobs++;
        if (variant.shadow()) {
            if (trial.shadowGigaMacs() != null) {
                gigaMacs.addValue(trial.shadowGigaMacs());
            }
            return;
        }
        boolean restored = job.outcome() instanceof Outcome.Restored;
        if (job.outcome() instanceof Outcome.Restored end) {
            gigaMacs.addValue(end.receipt().gigaMacs());
            seconds.addValue(end.receipt().seconds().total());
        }
        if (job.request().terms().deadline() != null) {
            boolean late = job.outcome() instanceof Outcome.Restored end && end.late();
            withDeadline++;
            onTime += restored && !late ? 1 : 0;
        }
        feedback.ifPresent(this::add);
    }

    private void add(RateJob said) {
        if (said.rating() != null) {
            rating.addValue(said.rating());
        }
        if (said.psnr() != null) {
            psnr.addValue(said.psnr());
        }
    }

    VariantResult result() {
        return new VariantResult(
                variant.name(),
                jobs,
                Estimate.of(rating),
                Estimate.of(psnr),
                Estimate.of(gigaMacs),
                Estimate.of(seconds),
                Estimate.ofShare(onTime, withDeadline));
    }
}

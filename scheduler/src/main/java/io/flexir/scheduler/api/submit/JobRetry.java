package io.flexir.scheduler.api.submit;

import io.flexir.contracts.job.JobState;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * Does a failed job over, as a job of its own: the outcome of the failed one was told and stays
 * what it is. However often it is asked for, it is one job. Blocks on the broker.
 */
public final class JobRetry {
    private static final Logger LOG = LoggerFactory.getLogger(JobRetry.class);

    private final JobIntake intake;
    private final ReadView view;
    private final InstantSource clock;

    /**
     * @param intake whose bounds hold for it as for any job
     */
    public JobRetry(JobIntake intake, ReadView view, InstantSource clock) {
        this.intake = intake;
        this.view = view;
        this.clock = clock;
    }

    /**
     * The job that does this one over.
     *
     * @throws RefusedException when it has not failed, or there is no room for one more
     */
    public SubmittedJob retry(JobSnapshot failed) {
        if (failed.state() != JobState.FAILED) {
            throw new RefusedException(notFailed(failed));
        }
        JobId id = JobIds.ofRetry(failed.tenant(), failed.id());
        Optional<JobSnapshot> present = view.find(failed.tenant(), id);
        if (present.isPresent()) {
            return new SubmittedJob(present.get(), true);
        }
        RestorationRequest request =
                intake.makeDurable(
                        failed.tenant(),
                        () -> failed.view().request().retried(id, clock.instant()));
        LOG.info("event=job_retried job={} as={}", failed.id(), id);
        return new SubmittedJob(intake.shown(request), false);
    }

    private static Problem notFailed(JobSnapshot job) {
        return Problem.of(
                ProblemKind.NOT_FAILED,
                "Job " + job.id() + " is " + job.state().name().toLowerCase(Locale.ROOT) + ".");
    }
}

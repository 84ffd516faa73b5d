package io.flexir.scheduler.api.submit;

import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.job.JobState;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.view.JobSnapshot;

import java.time.InstantSource;
import java.util.Locale;

/** Takes a job back, as far as it can still be. Blocks on the broker. */
public final class JobCancellation {
    private final BrokerWriter broker;
    private final InstantSource clock;

    public JobCancellation(BrokerWriter broker, InstantSource clock) {
        this.broker = broker;
        this.clock = clock;
    }

    /**
     * Asks for the job to end as cancelled.
     *
     * @return whether it was asked for now; false when the job is cancelled already
     * @throws RefusedException when the job has ended otherwise
     */
    public boolean cancel(JobSnapshot job) {
        if (job.state() == JobState.CANCELLED) {
            return false;
        }
        if (job.state().isFinal()) {
            throw new RefusedException(
                    Problem.of(
                            ProblemKind.ALREADY_ENDED,
                            "Job "
                                    + job.id()
                                    + " has ended as "
                                    + job.state().name().toLowerCase(Locale.ROOT)
                                    + "."));
        }
        broker.write(new ControlRecord.CancelJob(job.id(), job.tenant(), clock.instant()));
        return true;
    }
}

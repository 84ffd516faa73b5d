package io.flexir.scheduler.api.submit;

import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.job.JobState;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.view.JobSnapshot;

import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** Takes jobs back, as far as they can still be. Blocks on the broker. */
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
        broker.write(wish(job));
        return true;
    }

    /**
     * Asks for those that have not ended to end as cancelled.
     *
     * @return whether there were any
     * @throws RefusedException when the broker did not acknowledge all of it
     */
    public boolean cancelOpen(List<JobSnapshot> jobs) {
        List<ControlRecord> wishes =
                jobs.stream().filter(job -> !job.state().isFinal()).map(this::wish).toList();
        broker.write(wishes);
        return !wishes.isEmpty();
    }

    private ControlRecord wish(JobSnapshot job) {
        return new ControlRecord.CancelJob(job.id(), job.tenant(), clock.instant());
    }
}

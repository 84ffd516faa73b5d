package io.flexir.scheduler.api.control;

import io.flexir.contracts.control.ControlRecord.ChangePolicy;
import io.flexir.contracts.control.ControlRecord.RateJob;
import io.flexir.contracts.control.ControlRecord.RunExperiment;
import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Trial;
import io.flexir.scheduler.api.problem.BodyReader;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.dispatch.ExperimentBook;
import io.flexir.scheduler.dispatch.FeedbackBook;
import io.flexir.scheduler.dispatch.PolicyBook;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Starts, reads and ends experiments, and takes feedback, by the control topic. Results are of the
 * jobs that the read view still holds. Blocks on the broker.
 */
public final class ExperimentControl {
    /** The start is by the clock of one scheduler, the orders by those of others. */
    private static final Duration CLOCKS = Duration.ofSeconds(5);

    private static final int MAX_EXPERIMENTS = 20;

    private final BodyReader reader = new BodyReader();
    private final ExperimentBook experiments;
    private final FeedbackBook feedback;
    private final ReadView view;
    private final BrokerWriter broker;
    private final InstantSource clock;

    public ExperimentControl(
            ExperimentBook experiments,
            FeedbackBook feedback,
            ReadView view,
            BrokerWriter broker,
            InstantSource clock) {
        this.experiments = experiments;
        this.feedback = feedback;
        this.view = view;
        this.broker = broker;
        this.clock = clock;
    }

    /** Which variant has won. */
    private record Promotion(@Nullable String variant) {}

    /** What a client thinks of a result. */
    private record Feedback(@Nullable Integer rating, @Nullable Double psnr) {}

    public List<RunExperiment> all() {
        return experiments.all();
    }

    /**
     * @throws RefusedException when there is none of this name
     */
    public RunExperiment find(String name) {
        return experiments
                .find(name)
                .orElseThrow(
                        () ->
                                new RefusedException(
                                        Problem.of(
                                                ProblemKind.UNKNOWN_EXPERIMENT,
                                                "No experiment is called " + name + ".")));
    }

    /**
     * Each variant's figures, in the order of the experiment, of the jobs that were ordered since
     * it was started last.
     */
    public List<VariantResult> results(RunExperiment run) {
        Map<String, VariantTally> tallies = new LinkedHashMap<>();
        run.experiment()
                .variants()
                .forEach(variant -> tallies.put(variant.name(), new VariantTally(variant)));
        view.jobs()
                .filter(job -> job.state().isFinal())
                .filter(job -> isOf(run, job))
                .forEach(job -> add(job, run.name(), tallies));
        return tallies.values().stream().map(VariantTally::result).toList();
    }

    private static boolean isOf(RunExperiment run, JobView job) {
        Instant start = startOf(run);
        Instant ordered = job.scheduledAt();
        return start == null || (ordered != null && !ordered.isBefore(start.minus(CLOCKS)));
    }

    /** Nobody knows it of a winner that an earlier version recorded. */
    private static @Nullable Instant startOf(RunExperiment run) {
        return run.experiment().promoted() == null ? run.at() : run.startedAt();
    }

    private void add(JobView job, String experiment, Map<String, VariantTally> tallies) {
        Trial trial = job.trial();
        if (trial != null && trial.experiment().equals(experiment)) {
            VariantTally tally = tallies.get(trial.variant());
            if (tally != null) {
                tally.add(job, trial, feedback.find(job.request().jobId()));
            }
        }
    }

    /**
     * @param body an experiment as JSON
     * @throws RefusedException when it is none, or another one runs
     */
    public RunExperiment start(String name, byte[] body) {
        Experiment wanted = reader.read(body, Experiment.class);
        if (wanted.promoted() != null) {
            throw new RefusedException(
                    Problem.ofField(
                            ProblemKind.UNPROCESSABLE, "promoted", "is set by a promotion alone"));
        }
        obstacle(name)
                .ifPresent(
                        why -> {
                            throw new RefusedException(
                                    Problem.of(ProblemKind.EXPERIMENT_RUNNING, why));
                        });
        return written(new RunExperiment(name, wanted, clock.instant()));
    }

    /** Why none of this name can be started; one that is there is replaced. */
    Optional<String> obstacle(String name) {
        Optional<RunExperiment> other =
                experiments.running().filter(run -> !run.name().equals(name));
        if (other.isPresent()) {
            return other.map(run -> "Experiment " + run.name() + " runs: end it first.");
        }
        boolean full = experiments.all().size() >= MAX_EXPERIMENTS;
        return full && experiments.find(name).isEmpty()
                ? Optional.of("There are " + MAX_EXPERIMENTS + ": delete some.")
                : Optional.empty();
    }

    /**
     * The winner holds for all from now on: its policy by {@code policy/default}, its threshold by
     * the experiment itself.
     *
     * @param body names the variant
     */
    public RunExperiment promote(String name, byte[] body) {
        RunExperiment run = find(name);
        String chosen = reader.read(body, Promotion.class).variant();
        Variant winner =
                run.experiment().variants().stream()
                        .filter(variant -> variant.name().equals(chosen))
                        .findFirst()
                        .orElseThrow(
                                () ->
                                        new RefusedException(
                                                Problem.ofField(
                                                        ProblemKind.UNPROCESSABLE,
                                                        "variant",
                                                        "must be one of the experiment's")));
        if (winner.policy() != null) {
            broker.write(new ChangePolicy(PolicyBook.NAME, winner.policy(), clock.instant()));
        }
        Experiment won = new Experiment(run.experiment().variants(), winner.name());
        return written(new RunExperiment(name, won, clock.instant(), startOf(run)));
    }

    /** Ends it; its jobs keep what they were granted. */
    public void end(String name) {
        broker.delete(RunExperiment.keyOf(find(name).name()));
    }

    /**
     * @param body a rating, a PSNR, or both
     * @throws RefusedException when the job has no result
     */
    public void rate(JobSnapshot job, byte[] body) {
        if (job.state() != JobState.SUCCEEDED) {
            throw new RefusedException(
                    Problem.of(
                            job.state().isFinal()
                                    ? ProblemKind.NO_RESULT
                                    : ProblemKind.NOT_FINISHED,
                            "Job " + job.id() + " has no result to rate."));
        }
        Feedback said = reader.read(body, Feedback.class);
        broker.write(
                new RateJob(job.id(), job.tenant(), said.rating(), said.psnr(), clock.instant()));
    }

    private RunExperiment written(RunExperiment run) {
        broker.write(run);
        return run;
    }
}

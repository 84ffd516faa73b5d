package io.flexir.scheduler.dispatch;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord.RunExperiment;
import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.scheduler.budget.Grant;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Load;
import io.flexir.scheduler.budget.LoadSnapshot;
import io.flexir.scheduler.budget.Policy;
import io.flexir.scheduler.budget.TenantPolicies;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Experiments, as the control topic has them. One runs at a time, the first by name. Thread-safe.
 */
public final class ExperimentBook {
    private static final Logger LOG = LoggerFactory.getLogger(ExperimentBook.class);

    private final Map<String, RunExperiment> experiments = new TreeMap<>();
    private final Map<BudgetPolicy, TenantPolicies> policies = new HashMap<>();

    /** What a job gets. */
    public record Assigned(String experiment, Variant variant) {
        /** As it stands in orders and receipts, in place of the policy's. */
        public String version() {
            return "experiment " + experiment + "/" + variant.name();
        }
    }

    public synchronized void put(RunExperiment run) {
        experiments.put(run.name(), run);
        policies.clear();
        String promoted = run.experiment().promoted();
        LOG.info(
                "event=experiment_changed experiment={} variants={} promoted={}",
                run.name(),
                run.experiment().variants().size(),
                promoted == null ? "none" : promoted);
    }

    public synchronized void remove(String name) {
        if (experiments.remove(name) != null) {
            policies.clear();
            LOG.info("event=experiment_removed experiment={}", name);
        }
    }

    public synchronized List<RunExperiment> all() {
        return List.copyOf(experiments.values());
    }

    public synchronized Optional<RunExperiment> find(String name) {
        return Optional.ofNullable(experiments.get(name));
    }

    /** The one that runs. */
    public synchronized Optional<RunExperiment> running() {
        return experiments.values().stream()
                .filter(run -> run.experiment().promoted() == null)
                .findFirst();
    }

    /**
     * What a job is assigned by the experiment that runs; only jobs that leave depth to us are, and
     * that could be assigned any of its variants: else one would get other jobs than another.
     *
     * @param possible whether the job can be done as a variant says
     */
    public Optional<Assigned> assigned(RestorationRequest request, Predicate<Variant> possible) {
        return request.depth() instanceof Depth.Automatic
                ? running()
                        .filter(run -> run.experiment().variants().stream().allMatch(possible))
                        .map(
                                run ->
                                        new Assigned(
                                                run.name(),
                                                Assignment.variant(
                                                        run.name(),
                                                        run.experiment(),
                                                        request.jobId())))
                : Optional.empty();
    }

    /** The threshold that has won last, for jobs that leave depth to us. */
    public synchronized Optional<Variant> winner(RestorationRequest request) {
        return request.depth() instanceof Depth.Automatic
                ? experiments.values().stream()
                        .filter(run -> winningThreshold(run).isPresent())
                        .max(Comparator.comparing(RunExperiment::at))
                        .flatMap(ExperimentBook::winningThreshold)
                : Optional.empty();
    }

    /** Shows each variant's policy the load. */
    public synchronized void see(Map<TenantId, LoadSnapshot> byTenant, Instant now) {
        running()
                .ifPresent(
                        run ->
                                run.experiment().variants().stream()
                                        .map(Variant::policy)
                                        .filter(Objects::nonNull)
                                        .forEach(policy -> of(policy).see(byTenant, now)));
    }

    /**
     * What a variant's policy grants.
     *
     * @param place of the job's tenant among the loads that are seen
     */
    public synchronized Grant grant(
            BudgetPolicy policy, TenantId place, JobFacts job, Load load, Instant now) {
        return of(policy).of(place).grant(job, load, now);
    }

    private TenantPolicies of(BudgetPolicy policy) {
        return policies.computeIfAbsent(policy, terms -> new TenantPolicies(Policy.of(terms)));
    }

    private static Optional<Variant> winningThreshold(RunExperiment run) {
        Experiment experiment = run.experiment();
        return experiment.variants().stream()
                .filter(variant -> variant.name().equals(experiment.promoted()))
                .filter(variant -> variant.threshold() != null)
                .findFirst();
    }
}

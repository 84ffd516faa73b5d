package io.flexir.scheduler.api.estimate;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.api.ModelCatalog;
import io.flexir.scheduler.api.costs.Costs;
import io.flexir.scheduler.api.estimate.JobEstimate.Cost;
import io.flexir.scheduler.api.estimate.JobEstimate.Span;
import io.flexir.scheduler.api.problem.BodyReader;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.problem.RefusedException;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Load;
import io.flexir.scheduler.budget.QualityCurve;
import io.flexir.scheduler.budget.Seconds;
import io.flexir.scheduler.costs.Use;
import io.flexir.scheduler.dispatch.PolicyBook;
import io.flexir.scheduler.load.FleetWork;
import io.flexir.scheduler.load.Outlook;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.OptionalDouble;

/**
 * Reckons with what the scheduler goes by: its policy as it stands, the speed of its workers, and
 * what waits. Thread-safe.
 */
public final class Estimator {
    private final BodyReader reader = new BodyReader();
    private final ModelCatalog catalog;
    private final PolicyBook policy;
    private final FleetWork work;
    private final Costs costs;
    private final InstantSource clock;

    public Estimator(
            ModelCatalog catalog,
            PolicyBook policy,
            FleetWork work,
            Costs costs,
            InstantSource clock) {
        this.catalog = catalog;
        this.policy = policy;
        this.work = work;
        this.costs = costs;
        this.clock = clock;
    }

    /**
     * @throws RefusedException when there is no such model, or it does not go so deep
     */
    public JobEstimate estimate(byte[] body) {
        EstimateRequest asked = reader.read(body, EstimateRequest.class);
        Instant now = clock.instant();
        BundleManifest model = model(asked.model());
        Outlook outlook = work.outlook(model.name(), now);
        JobFacts job = facts(asked, model, now);
        PointerBudget budget = budget(job, outlook, now);
        int images = asked.images() == null ? 1 : asked.images();
        Reckoning reckoning = new Reckoning(job, outlook, images);
        Span seconds = outlook.slots() == 0 ? null : reckoning.span(budget.target());
        return new JobEstimate(
                model.name(),
                images,
                budget,
                model.calibration().images() == 0 ? null : job.curve().psnr(budget.target()),
                reckoning.cost(budget.target()),
                reckoning.cost(model.n()),
                outlook.slots(),
                seconds,
                onTime(asked.deadlineSeconds(), seconds),
                costs.prices());
    }

    private static @Nullable Boolean onTime(@Nullable Double deadline, @Nullable Span seconds) {
        return (deadline == null || seconds == null) ? null : seconds.most() <= deadline;
    }

    private PointerBudget budget(JobFacts job, Outlook outlook, Instant now) {
        int deepest =
                catalog.models().stream().mapToInt(each -> each.manifest().n()).max().orElse(1);
        double price = policy.inForce().price();
        Load load = new Load(deepest, outlook.service(), price, Double.POSITIVE_INFINITY);
        return policy.preview(job, load, now).budget();
    }

    private BundleManifest model(String name) {
        return catalog.serving(name).stream()
                .map(ModelCatalog.Model::manifest)
                .max(Comparator.comparingDouble(each -> each.macsPerPixel(each.n())))
                .orElseThrow(
                        () ->
                                refused(
                                        ProblemKind.UNKNOWN_MODEL,
                                        "model",
                                        "is " + name + ", which no bundle is called"));
    }

    private static JobFacts facts(EstimateRequest asked, BundleManifest model, Instant now) {
        int floor = asked.floor() == null ? 1 : asked.floor();
        int target = asked.target() == null ? model.n() : Math.min(asked.target(), model.n());
        if (floor > model.n()) {
            throw refused(
                    ProblemKind.UNPROCESSABLE,
                    "floor",
                    "is deeper than the model's last pointer " + model.n());
        }
        Instant deadline =
                asked.deadlineSeconds() == null
                        ? null
                        : now.plusMillis(Math.round(asked.deadlineSeconds() * 1000));
        return new JobFacts(
                asked.depth(),
                floor,
                target,
                QualityCurve.of(model),
                asked.imageSize().pixels(),
                Seconds.ofDeadline(deadline),
                OnMiss.DEGRADE);
    }

    private static RefusedException refused(ProblemKind kind, String field, String problem) {
        return new RefusedException(Problem.ofField(kind, field, problem));
    }

    /** So many jobs alike, done by what the fleet does. */
    private final class Reckoning {
        private final JobFacts job;
        private final Outlook outlook;
        private final int images;

        Reckoning(JobFacts job, Outlook outlook, int images) {
            this.job = job;
            this.outlook = outlook;
            this.images = images;
        }

        Cost cost(int pointer) {
            double seconds = images * outlook.service().seconds(job, pointer);
            double gigaMacs = images * job.gigaMacs(pointer);
            OptionalDouble watts = costs.watts();
            double joules = watts.orElse(0) * seconds;
            double money = costs.money(new Use(gigaMacs, seconds, joules));
            return new Cost(gigaMacs, seconds, watts.isPresent() ? (Double) joules : null, money);
        }

        Span span(int pointer) {
            double own = outlook.service().seconds(job, pointer);
            double all = Math.max(own, images * own / outlook.slots());
            return new Span(
                    outlook.ahead().secondsAtFloor() / outlook.slots() + all,
                    outlook.ahead().secondsAtFullDepth() / outlook.slots() + all);
        }
    }
}

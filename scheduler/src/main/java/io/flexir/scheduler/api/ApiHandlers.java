package io.flexir.scheduler.api;

import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.wire.MessageCodec;
import io.flexir.scheduler.access.RateLimits;
import io.flexir.scheduler.api.control.BundleControl;
import io.flexir.scheduler.api.control.ExperimentControl;
import io.flexir.scheduler.api.control.PolicyControl;
import io.flexir.scheduler.api.costs.Costs;
import io.flexir.scheduler.api.deadletter.DeadLetters;
import io.flexir.scheduler.api.estimate.Estimator;
import io.flexir.scheduler.api.events.EventStreams;
import io.flexir.scheduler.api.events.FleetStreams;
import io.flexir.scheduler.api.http.Answers;
import io.flexir.scheduler.api.http.ApiRoutes;
import io.flexir.scheduler.api.http.Batches;
import io.flexir.scheduler.api.http.BlockingCalls;
import io.flexir.scheduler.api.http.BodyBudget;
import io.flexir.scheduler.api.http.Bundles;
import io.flexir.scheduler.api.http.CostReads;
import io.flexir.scheduler.api.http.Estimates;
import io.flexir.scheduler.api.http.Experiments;
import io.flexir.scheduler.api.http.FleetBoard;
import io.flexir.scheduler.api.http.FleetReads;
import io.flexir.scheduler.api.http.JobFinder;
import io.flexir.scheduler.api.http.JobFollow;
import io.flexir.scheduler.api.http.JobImages;
import io.flexir.scheduler.api.http.JobReads;
import io.flexir.scheduler.api.http.JobWrites;
import io.flexir.scheduler.api.http.Letters;
import io.flexir.scheduler.api.http.Policies;
import io.flexir.scheduler.api.http.QualityReads;
import io.flexir.scheduler.api.http.TenantPurges;
import io.flexir.scheduler.api.http.Uploads;
import io.flexir.scheduler.api.http.WebhookReads;
import io.flexir.scheduler.api.keeping.JobPurge;
import io.flexir.scheduler.api.keeping.Keeper;
import io.flexir.scheduler.api.problem.ProblemResponder;
import io.flexir.scheduler.api.resource.JobResource;
import io.flexir.scheduler.api.submit.BatchIntake;
import io.flexir.scheduler.api.submit.BatchJobs;
import io.flexir.scheduler.api.submit.BrokerWriter;
import io.flexir.scheduler.api.submit.JobCancellation;
import io.flexir.scheduler.api.submit.JobIntake;
import io.flexir.scheduler.api.submit.JobRetry;
import io.flexir.scheduler.api.submit.RoutedIntake;
import io.flexir.scheduler.api.view.ReadView;
import io.flexir.scheduler.api.webhook.Webhooks;
import io.flexir.scheduler.metrics.SchedulerMetrics;
import io.flexir.scheduler.storage.ObjectStore;
import io.flexir.scheduler.web.ReferencePage;
import io.flexir.scheduler.web.WebPage;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.OpenAPIContract;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;

/** Puts the handlers of the API together. All event loops share them. */
final class ApiHandlers {
    private static final Duration FLEET_PACE = Duration.ofSeconds(1);

    private final ApiSettings settings;
    private final SchedulerMetrics metrics;
    private final BodyBudget bodies;
    private final RateLimits rates;
    private final JobIntake intake;
    private final ProblemResponder problems;
    private final Keeper keeper;
    private final WebPage page;
    private final ReferencePage reference;
    private final Map<String, Handler<RoutingContext>> operations;

    /**
     * @param current whether the view has all that was written before
     */
    ApiHandlers(
            ApiSettings settings,
            Vertx vertx,
            Executor threads,
            ObjectStore store,
            ModelCatalog catalog,
            BrokerWriter broker,
            ReadView view,
            BooleanSupplier current,
            Costs costs,
            Webhooks webhooks,
            Core core,
            SchedulerMetrics metrics,
            InstantSource clock) {
        this.settings = settings;
        this.metrics = metrics;
        JsonMapper mapper = MessageCodec.newMapper();
        Answers answers = new Answers(mapper);
        BlockingCalls calls = new BlockingCalls(threads, settings.maxBlockingCalls(), metrics);
        JobFinder finder = new JobFinder(view, settings.unknownJobPatience(), metrics);
        this.intake =
                new JobIntake(
                        catalog,
                        store,
                        broker,
                        view,
                        core.tenants(),
                        settings.access().inputs(),
                        settings.webhooks().secrets(),
                        metrics,
                        clock,
                        settings.maxWaitingJobs(),
                        settings.unknownJobPatience());
        EventStreams streams =
                new EventStreams(
                        vertx,
                        view,
                        job -> answers.encode(JobResource.brief(job)),
                        metrics,
                        settings.maxStreams(),
                        settings.streamHeartbeat());
        FleetStreams fleetStreams =
                new FleetStreams(vertx, metrics, settings.maxStreams(), FLEET_PACE);
        FleetBoard board = new FleetBoard(view, current, core.policy(), answers, clock);
        JobPurge purge = new JobPurge(broker, store.bucket(), clock);
        this.keeper =
                new Keeper(
                        core.purges(),
                        view,
                        store,
                        broker,
                        settings.kafka(),
                        settings.keeping(),
                        metrics,
                        clock);
        TenantPurges tenantPurges = new TenantPurges(purge, keeper, calls, answers);
        JobCancellation cancellation = new JobCancellation(broker, clock);
        JobWrites writes =
                new JobWrites(
                        intake,
                        cancellation,
                        new JobRetry(intake, view, clock),
                        purge,
                        finder,
                        calls,
                        answers);
        this.rates = new RateLimits(settings.access().rates());
        Batches batches =
                new Batches(
                        new BatchIntake(
                                intake,
                                new BatchJobs(intake, rates, metrics, threads),
                                store,
                                settings.access().inputs(),
                                view,
                                clock),
                        intake,
                        cancellation,
                        view,
                        settings.unknownJobPatience(),
                        calls,
                        answers);
        JobReads reads = new JobReads(view, finder, store, calls, answers);
        FleetReads fleet = new FleetReads(view, core.tenants(), answers);
        Bundles bundles =
                new Bundles(
                        catalog,
                        core.activations(),
                        new BundleControl(
                                core.activations(), broker, clock, settings.unknownJobPatience()),
                        calls,
                        answers);
        Policies policies =
                new Policies(
                        new PolicyControl(
                                core.policy(), broker, clock, settings.unknownJobPatience()),
                        calls,
                        answers);
        Experiments experiments =
                new Experiments(
                        new ExperimentControl(
                                core.experiments(), core.feedback(), view, broker, clock),
                        finder,
                        calls,
                        answers);
        Letters letters =
                new Letters(
                        new DeadLetters(settings.kafka(), settings.routes(), broker, view, clock),
                        calls,
                        answers);
        this.reference = new ReferencePage();
        this.page = new WebPage(store.publicEndpoint());
        this.bodies = new BodyBudget(settings.maxBodiesBytes(), settings.maxBodyBytes(), metrics);
        this.problems = new ProblemResponder(mapper);
        this.operations =
                Map.ofEntries(
                        entry("submitJob", writes::submit),
                        entry("cancelJob", writes::cancel),
                        entry("retryJob", writes::retry),
                        entry("submitBatch", batches::submit),
                        entry("getBatch", batches::get),
                        entry("cancelBatch", batches::cancel),
                        entry("getJob", reads::get),
                        entry("listJobs", reads::list),
                        entry("getResult", reads::result),
                        entry(
                                "getJobImages",
                                new JobImages(
                                                finder,
                                                store,
                                                settings.access().inputs(),
                                                calls,
                                                answers,
                                                clock)
                                        ::get),
                        entry(
                                "getWebhookDeliveries",
                                new WebhookReads(finder, webhooks, answers)::get),
                        entry("followJob", new JobFollow(finder, streams)::follow),
                        entry(
                                "estimateJob",
                                new Estimates(
                                                new Estimator(
                                                        catalog,
                                                        core.policy(),
                                                        view.work(),
                                                        costs,
                                                        clock),
                                                calls,
                                                answers)
                                        ::estimate),
                        entry("createUpload", new Uploads(store, calls, answers, clock)::create),
                        entry("listModels", bundles::models),
                        entry("activateBundle", bundles::activate),
                        entry("listWorkers", fleet::workers),
                        entry("getFleet", board::get),
                        entry(
                                "getQuality",
                                new QualityReads(
                                                catalog,
                                                view,
                                                core.feedback(),
                                                settings.prices(),
                                                calls,
                                                answers,
                                                clock)
                                        ::get),
                        entry("followFleet", context -> board.follow(context, fleetStreams)),
                        entry("getCosts", new CostReads(costs, calls, answers)::get),
                        entry("rateJob", experiments::rate),
                        entry("listExperiments", experiments::list),
                        entry("getExperiment", experiments::get),
                        entry("putExperiment", experiments::put),
                        entry("promoteVariant", experiments::promote),
                        entry("endExperiment", experiments::end),
                        entry("listDeadLetters", letters::list),
                        entry("getDeadLetter", letters::get),
                        entry("replayDeadLetter", letters::replay),
                        entry("getTenant", fleet::tenant),
                        entry("purgeTenant", tenantPurges::purge),
                        entry("getTenantPurge", tenantPurges::get),
                        entry("getPolicy", policies::get),
                        entry("putPolicy", policies::put),
                        entry("resetPolicy", policies::reset));
    }

    private static Map.Entry<String, Handler<RoutingContext>> entry(
            String operationId, Handler<RoutingContext> handler) {
        return Map.entry(operationId, handler);
    }

    /** Who deletes what is to be gone. To be started, and closed. */
    Keeper keeper() {
        return keeper;
    }

    /** The way in by Kafka. */
    RoutedIntake routedIntake() {
        return intake.routed();
    }

    Router router(Vertx vertx, OpenAPIContract contract) {
        Router router =
                new ApiRoutes(
                                contract,
                                settings.callers(),
                                rates,
                                metrics,
                                settings.tracing(),
                                bodies,
                                settings.maxBodyBytes(),
                                problems,
                                operations)
                        .router(vertx);
        page.addTo(router);
        reference.addTo(router);
        return router;
    }
}

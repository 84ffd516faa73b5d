package io.flexir.scheduler.api.resource;

import static io.flexir.scheduler.api.Samples.START;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;

import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord.RunExperiment;
import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.control.Experiment.Variant;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.webhook.WebhookDelivery.Attempt;
import io.flexir.contracts.webhook.WebhookDelivery.State;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageCodec;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.scheduler.api.Samples;
import io.flexir.scheduler.api.control.Estimate;
import io.flexir.scheduler.api.control.VariantResult;
import io.flexir.scheduler.api.deadletter.FoundLetter;
import io.flexir.scheduler.api.deadletter.LetterCursor;
import io.flexir.scheduler.api.deadletter.LetterId;
import io.flexir.scheduler.api.deadletter.LetterPage;
import io.flexir.scheduler.api.deadletter.LetterSummary;
import io.flexir.scheduler.api.deadletter.Replayed;
import io.flexir.scheduler.api.estimate.JobEstimate;
import io.flexir.scheduler.api.http.ApiContract;
import io.flexir.scheduler.api.keeping.TenantPurge;
import io.flexir.scheduler.api.problem.Problem;
import io.flexir.scheduler.api.problem.ProblemKind;
import io.flexir.scheduler.api.submit.SubmittedBatch;
import io.flexir.scheduler.api.view.FleetSlice;
import io.flexir.scheduler.api.view.JobPage;
import io.flexir.scheduler.api.view.JobSnapshot;
import io.flexir.scheduler.api.view.PagePosition;
import io.flexir.scheduler.api.view.Progress;
import io.flexir.scheduler.budget.TenantTerms;
import io.flexir.scheduler.costs.CostBook;
import io.flexir.scheduler.costs.CostReport;
import io.flexir.scheduler.costs.PriceList;
import io.flexir.scheduler.costs.QualityReport;
import io.flexir.scheduler.dispatch.DecisionEvents;
import io.flexir.scheduler.dispatch.PolicyInForce;
import io.flexir.scheduler.dispatch.QualityDebt;
import io.flexir.scheduler.dispatch.TenantState;
import io.flexir.scheduler.load.WorkAhead;
import io.flexir.scheduler.scale.Need;
import io.flexir.scheduler.scale.ScalingReport;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the API shows is what {@code openapi.yaml} says it shows: the same fields, no more and no
 * less.
 */
class ResourceSchemaTest {
    private static final JsonMapper MAPPER = MessageCodec.newMapper();
    private static final JsonObject SCHEMAS =
            ApiContract.document().getJsonObject("components").getJsonObject("schemas");

    @Test
    void jobs_in_every_state_show_described_fields_alone() throws JsonProcessingException {
        Progress progress = new Progress("w1", Samples.inFlight("b", 1, 4), START);
        List<JobSnapshot> jobs =
                List.of(
                        known(Samples.queued("a", START)),
                        new JobSnapshot(Samples.scheduled("b", 1, START), true, progress),
                        known(Samples.succeeded("c", START)),
                        known(Samples.failed("d", START)),
                        new JobSnapshot(
                                Samples.failed("f", START), true, null, new JobId("another")),
                        known(retryOf(Samples.queued("g", START))),
                        known(Samples.cancelled("e", START)));

        for (JobSnapshot job : jobs) {
            conforms("Job", JobResource.whole(job));
        }
    }

    @Test
    void batches_show_described_fields_alone() throws JsonProcessingException {
        BatchId id = new BatchId("b1");
        List<JobSnapshot> jobs = List.of(known(Samples.queued("a", START)));
        Problem full = Problem.of(ProblemKind.BACKLOG_FULL, "Too many.");

        conforms("Batch", BatchResource.of(id, jobs));
        conforms(
                "SubmittedBatch",
                SubmittedBatchResource.of(
                        new SubmittedBatch(id, jobs, List.of(), null, null, true)));
        conforms(
                "SubmittedBatch",
                SubmittedBatchResource.of(
                        new SubmittedBatch(
                                id,
                                jobs,
                                List.of(new SubmittedBatch.Refused("gone.png", full)),
                                full,
                                "z.png",
                                false)));
    }

    private static JobView retryOf(JobView view) {
        return new JobView(
                view.request().retried(new JobId("again"), START),
                view.state(),
                view.attempt(),
                null,
                null,
                null,
                START);
    }

    @Test
    void dead_letters_and_replays_show_described_fields_alone() throws JsonProcessingException {
        LetterId id = new LetterId(0, 17);
        DeadLetter letter =
                DeadLetter.of(
                        new DeadLetter.Origin("museum.requests", 0, 3, "key", "type"),
                        "no JSON",
                        new byte[] {1},
                        START);
        FoundLetter found = new FoundLetter(id, letter);
        LetterPage page =
                new LetterPage(List.of(LetterSummary.of(found)), new LetterCursor(Map.of(0, 17L)));

        conforms(
                "TenantPurge",
                TenantPurgeResource.of(new TenantPurge(Samples.TENANT, START, 3, false)));
        conforms("DeadLetter", DeadLetterResource.whole(found));
        conforms("DeadLetterPage", DeadLetterPageResource.of(page));
        conforms(
                "Replay",
                ReplayResource.of(new Replayed(id, "museum.requests", new JobId("a"), true)));
    }

    @Test
    void pages_workers_models_and_uploads_show_described_fields_alone()
            throws JsonProcessingException {
        JobSnapshot job = known(Samples.succeeded("c", START));
        PagePosition last =
                PagePosition.fromCursor(new PagePosition(START, job.id()).toCursor()).orElseThrow();

        conforms("JobPage", JobPageResource.of(new JobPage(List.of(job), last)));
        conforms("Worker", WorkerResource.of(Samples.heartbeat("w1", START), false));
        conforms(
                "Model", ModelResource.of(Samples.catalog().models().getFirst(), Optional.empty()));
        conforms(
                "Upload",
                new UploadResource(
                        "PUT", URI.create("https://store/x"), START, job.view().request().input()));
    }

    @Test
    void estimates_show_described_fields_alone() throws JsonProcessingException {
        JobEstimate.Cost cost = new JobEstimate.Cost(1, 2, 3.0, 4);
        PointerBudget budget = new PointerBudget(1, 4);

        conforms(
                "JobEstimate",
                EstimateResource.of(
                        new JobEstimate(
                                "m",
                                1,
                                budget,
                                30.0,
                                cost,
                                cost,
                                2,
                                new JobEstimate.Span(1, 2),
                                true,
                                PriceList.DEFAULT)));
        conforms(
                "JobEstimate",
                EstimateResource.of(
                        new JobEstimate(
                                "m",
                                1,
                                budget,
                                null,
                                cost,
                                cost,
                                0,
                                null,
                                null,
                                PriceList.DEFAULT)));
    }

    @Test
    void webhook_deliveries_show_described_fields_alone() throws JsonProcessingException {
        Attempt failed = new Attempt(START, 500, "answered with 500", 0.5);
        Attempt unanswered = new Attempt(START, null, "could not be reached", 0.5);

        conforms(
                "WebhookDeliveries",
                new WebhookDeliveryResource(
                        "https://a", "msg_a", State.PENDING, List.of(failed, unanswered), START));
        conforms("WebhookDeliveries", WebhookDeliveryResource.notYet("https://a", "msg_a"));
    }

    @Test
    void costs_show_described_fields_alone() throws JsonProcessingException {
        CostBook book = new CostBook(Samples.catalog()::find, PriceList.DEFAULT);
        book.add(Samples.succeeded("c", START).outcome());

        conforms(
                "Costs",
                CostsResource.of(
                        book.report(
                                new CostReport.Query(
                                        START, START.plusSeconds(1), CostReport.By.TASK, null),
                                START),
                        true));
    }

    @Test
    void the_policy_in_force_shows_described_fields_alone() throws JsonProcessingException {
        conforms(
                "PolicyInForce",
                PolicyResource.of(
                        new PolicyInForce(
                                new BudgetPolicy.Load(30),
                                "load-30.0s@2026-01-01T00:00:00Z",
                                DecisionEvents.Cause.ASKED,
                                START,
                                4,
                                0.25)));
    }

    @Test
    void the_fleet_shows_described_fields_alone() throws JsonProcessingException {
        WorkAhead ahead = new WorkAhead(1, 2, 3, 4, 5, 6);
        FleetSlice slice =
                new FleetSlice(
                        START,
                        1,
                        2,
                        3,
                        1,
                        1,
                        12.5,
                        10,
                        new TreeMap<>(Map.of(6, 1.0)),
                        new TreeMap<>(Map.of(3, 0.5)),
                        ahead);
        ScalingReport report =
                new ScalingReport(
                        START,
                        ahead,
                        new TreeMap<>(
                                Map.of("cpu", new ScalingReport.Pool(2, 1, new Need(1, 2, true)))));
        PolicyInForce policy =
                new PolicyInForce(
                        new BudgetPolicy.Gain(),
                        "gain@configured",
                        DecisionEvents.Cause.CONFIGURED,
                        null,
                        4,
                        0.25);

        conforms(
                "Fleet",
                new FleetResource(
                        START,
                        FleetResource.Work.of(ahead),
                        FleetResource.pools(report),
                        PolicyResource.of(policy),
                        1,
                        List.of(WorkerResource.of(Samples.heartbeat("w1", START), false)),
                        20,
                        List.of(FleetResource.Slice.of(slice))));
    }

    @Test
    void quality_shows_described_fields_alone() throws JsonProcessingException {
        Outcome.Restored end = (Outcome.Restored) Samples.succeeded("c", START).outcome();
        QualityReport report =
                QualityReport.of(
                        Stream.of(new QualityReport.Sample(end, 30.0)),
                        List.of(Samples.catalog().models().getFirst().manifest()),
                        PriceList.DEFAULT,
                        START,
                        START);

        conforms("Quality", QualityResource.of(report));
    }

    @Test
    void images_of_a_job_show_described_fields_alone() throws JsonProcessingException {
        URI address = URI.create("https://store/x");

        conforms("JobImages", new JobImagesResource(address, address, address, START));
        conforms("JobImages", new JobImagesResource(null, null, null, START));
    }

    @Test
    void a_tenant_shows_described_fields_alone() throws JsonProcessingException {
        QualityDebt debt = new QualityDebt(3, 1.5, 200);
        TenantTerms bounded = new TenantTerms(2, 10, 60);

        for (TenantTerms terms : List.of(bounded, TenantTerms.EQUAL)) {
            conforms(
                    "Tenant",
                    TenantResource.of(new TenantState(Samples.TENANT, terms, 1.5, 4, 2.5, debt)));
        }
    }

    @Test
    void an_experiment_shows_described_fields_alone() throws JsonProcessingException {
        Variant variant =
                new Variant("a", 1, false, new BudgetPolicy.Fixed(3), 1.05, AdaptiveRule.SHARPNESS);
        Variant plain = new Variant("b", 1, false, null, null, null);
        Estimate mean = new Estimate(2, 1.5, 1.0, 2.0);
        VariantResult result = new VariantResult("a", 2, mean, mean, mean, mean, mean);
        RunExperiment run =
                new RunExperiment("dial", new Experiment(List.of(variant, plain), "a"), START);

        conforms("Experiment", ExperimentResource.of(run, List.of(result)));
        conforms("Experiment", ExperimentResource.of(run, null));
    }

    @Test
    void a_brief_job_counts_its_regions_without_listing_them() throws JsonProcessingException {
        JsonNode job = MAPPER.valueToTree(JobResource.brief(known(Samples.succeeded("c", START))));

        assertThat(job.at("/receipt/regionCount").asInt()).isEqualTo(2);
        assertThat(job.at("/receipt").has("regions")).isFalse();
    }

    @Test
    void a_job_whose_worker_is_heard_of_is_running_with_its_progress() {
        Progress progress = new Progress("w1", Samples.inFlight("b", 1, 4), START);

        JsonNode job =
                MAPPER.valueToTree(
                        JobResource.whole(
                                new JobSnapshot(Samples.scheduled("b", 1, START), true, progress)));

        assertThat(job.path("state").asText()).isEqualTo("running");
        assertThat(job.path("progress").toString())
                .isEqualTo(
                        "{\"workerId\":\"w1\",\"phase\":\"restoring\",\"stage\":2,\"regionsDone\":4,\"regions\":10}");
        assertThat(job.at("/budget/target").asInt()).isEqualTo(6);
    }

    private static JobSnapshot known(JobView view) {
        return new JobSnapshot(view, true, null);
    }

    private static void conforms(String schema, Object resource) throws JsonProcessingException {
        conforms(schema, SCHEMAS.getJsonObject(schema), MAPPER.valueToTree(resource));
    }

    private static void conforms(String path, JsonObject schema, JsonNode value) {
        JsonObject resolved = resolve(schema);
        if (value.isArray()) {
            value.forEach(item -> conforms(path + "[]", resolved.getJsonObject("items"), item));
        } else if (value.isObject() && resolved.containsKey("properties")) {
            conformsObject(path, resolved, value);
        } else {
            conformsScalar(path, resolved, value);
        }
    }

    private static void conformsObject(String path, JsonObject schema, JsonNode value) {
        JsonObject properties = schema.getJsonObject("properties");
        TreeSet<String> names = new TreeSet<>();
        value.fieldNames().forEachRemaining(names::add);
        assertThat(properties.fieldNames()).as(path).containsAll(names);
        assertThat(names)
                .as(path)
                .containsAll(
                        schema.getJsonArray("required", new JsonArray()).stream()
                                .map(Object::toString)
                                .toList());
        names.forEach(
                name ->
                        conforms(
                                path + "." + name,
                                properties.getJsonObject(name),
                                value.get(name)));
    }

    private static void conformsScalar(String path, JsonObject schema, JsonNode value) {
        String type =
                switch (value.getNodeType()) {
                    case STRING -> "string";
                    case BOOLEAN -> "boolean";
                    case NUMBER ->
                            "integer".equals(schema.getString("type")) && value.isIntegralNumber()
                                    ? "integer"
                                    : "number";
                    case OBJECT -> "object";
                    default -> "none";
                };
        assertThat(schema.getString("type")).as(path).isEqualTo(type);
        if (schema.containsKey("enum")) {
            assertThat(schema.getJsonArray("enum")).as(path).contains(value.asText());
        }
    }

    private static JsonObject resolve(JsonObject schema) {
        String reference = schema.getString("$ref");
        return reference == null
                ? schema
                : SCHEMAS.getJsonObject(reference.substring(reference.lastIndexOf('/') + 1));
    }
}

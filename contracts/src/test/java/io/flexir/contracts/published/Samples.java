package io.flexir.contracts.published;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.control.BudgetPolicy;
import io.flexir.contracts.control.ControlRecord;
import io.flexir.contracts.control.Experiment;
import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.LoadedModel;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.job.Trial;
import io.flexir.contracts.request.AdaptiveRule;
import io.flexir.contracts.request.BatchId;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.PriorityClass;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.request.TraceParent;
import io.flexir.contracts.webhook.WebhookDelivery;
import io.flexir.contracts.wire.DeadLetter;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.ModelChoice;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.contracts.work.WorkerReport;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One message of every kind, by the name of its golden file. */
final class Samples {
    private static final JobId JOB = new JobId("7f3a9c");
    private static final TenantId TENANT = new TenantId("museum");
    private static final Instant SUBMITTED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Instant ORDERED = Instant.parse("2026-03-01T10:00:00.250Z");
    private static final Instant DONE = Instant.parse("2026-03-01T10:00:02.500Z");
    private static final String MODEL = "denoise-color-25-s";
    private static final String DIGEST = "ab".repeat(32);
    private static final String WORKER = "worker-1";
    private static final TraceParent SPAN =
            new TraceParent("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");

    private Samples() {}

    record Sample(MessageType<?> type, Object message) {}

    static Map<String, Sample> all() {
        Map<String, Sample> samples = new LinkedHashMap<>();
        samples.put("request", new Sample(MessageType.REQUEST, request(new Depth.Fixed(6))));
        samples.put(
                "request-automatic",
                new Sample(MessageType.REQUEST, request(new Depth.Automatic())));
        samples.put(
                "request-adaptive",
                new Sample(MessageType.REQUEST, request(new Depth.Adaptive(1.05))));
        samples.put(
                "request-adaptive-payoff",
                new Sample(
                        MessageType.REQUEST,
                        request(new Depth.Adaptive(0.5, AdaptiveRule.PAYOFF))));
        samples.put(
                "request-retry",
                new Sample(
                        MessageType.REQUEST,
                        request(new Depth.Fixed(6)).retried(new JobId("9c01d2"), ORDERED)));
        samples.put(
                "request-webhook",
                new Sample(
                        MessageType.REQUEST,
                        request(new Depth.Fixed(6)).telling("https://museum.example/hook")));
        samples.put(
                "request-traced-in-a-batch",
                new Sample(
                        MessageType.REQUEST,
                        request(new Depth.Fixed(6)).under(SPAN).in(new BatchId("c0ffee"))));
        samples.put("webhook-pending", new Sample(MessageType.WEBHOOK, webhook()));
        samples.put(
                "webhook-delivered",
                new Sample(
                        MessageType.WEBHOOK,
                        webhook()
                                .ended(
                                        WebhookDelivery.State.DELIVERED,
                                        new WebhookDelivery.Attempt(DONE, 204, null, 0.25),
                                        DONE)));
        samples.put("work-order", new Sample(MessageType.WORK_ORDER, workOrder()));
        samples.put(
                "work-order-of-any-model",
                new Sample(MessageType.WORK_ORDER, workOrderOfAnyModel()));
        addReports(samples);
        addOutcomes(samples);
        samples.put("job-queued", new Sample(MessageType.JOB, queuedJob()));
        samples.put("job-succeeded", new Sample(MessageType.JOB, succeededJob()));
        samples.put("heartbeat", new Sample(MessageType.HEARTBEAT, heartbeat()));
        addControls(samples);
        samples.put("dead-letter", new Sample(MessageType.DEAD_LETTER, deadLetter()));
        return samples;
    }

    private static WebhookDelivery webhook() {
        return new WebhookDelivery(
                JOB,
                TENANT,
                "https://museum.example/hook",
                "msg_7f3a9c",
                2,
                "{\"type\":\"job.succeeded\"}",
                WebhookDelivery.State.PENDING,
                List.of(new WebhookDelivery.Attempt(ORDERED, 503, "answered with 503", 0.5)),
                DONE,
                ORDERED);
    }

    private static void addReports(Map<String, Sample> samples) {
        List<WorkerReport> reports =
                List.of(
                        new WorkerReport.Restored(JOB, 1, WORKER, DONE, receipt()),
                        new WorkerReport.Rejected(JOB, 1, WORKER, DONE, rejection()),
                        new WorkerReport.Failed(JOB, 1, WORKER, DONE, failure()),
                        new WorkerReport.Cancelled(JOB, 1, WORKER, DONE));
        samples.put(
                "report-restored-by-chosen-model",
                new Sample(
                        MessageType.REPORT,
                        new WorkerReport.Restored(JOB, 1, WORKER, DONE, receipt(choice()))));
        samples.put(
                "report-restored-traced",
                new Sample(
                        MessageType.REPORT,
                        new WorkerReport.Restored(
                                JOB,
                                1,
                                WORKER,
                                DONE,
                                receipt(null, SPAN.traceId(), "cd".repeat(32)))));
        reports.forEach(
                report ->
                        samples.put(
                                "report-" + kind(report), new Sample(MessageType.REPORT, report)));
    }

    private static void addOutcomes(Map<String, Sample> samples) {
        List<Outcome> outcomes =
                List.of(
                        new Outcome.Restored(JOB, TENANT, DONE, receipt(), false, false),
                        new Outcome.Rejected(JOB, TENANT, DONE, rejection()),
                        new Outcome.Failed(JOB, TENANT, DONE, failure()),
                        new Outcome.Cancelled(JOB, TENANT, DONE));
        outcomes.forEach(
                outcome ->
                        samples.put(
                                "outcome-" + kind(outcome),
                                new Sample(MessageType.OUTCOME, outcome)));
    }

    private static void addControls(Map<String, Sample> samples) {
        samples.put(
                "control-purge",
                new Sample(
                        MessageType.CONTROL,
                        new ControlRecord.PurgeJob(
                                JOB,
                                TENANT,
                                ObjectReference.latest("flexir", "uploads/museum/7f3a9c/input"),
                                DONE)));
        samples.put(
                "control-purge-tenant",
                new Sample(MessageType.CONTROL, new ControlRecord.PurgeTenant(TENANT, DONE)));
        samples.put(
                "control-cancel",
                new Sample(
                        MessageType.CONTROL, new ControlRecord.CancelJob(JOB, TENANT, SUBMITTED)));
        samples.put(
                "control-policy-load",
                new Sample(
                        MessageType.CONTROL,
                        new ControlRecord.ChangePolicy(
                                "budget", new BudgetPolicy.Load(30), SUBMITTED)));
        samples.put(
                "control-policy-fixed",
                new Sample(
                        MessageType.CONTROL,
                        new ControlRecord.ChangePolicy(
                                "budget", new BudgetPolicy.Fixed(3), SUBMITTED)));
        samples.put(
                "control-experiment",
                new Sample(
                        MessageType.CONTROL,
                        new ControlRecord.RunExperiment("how-deep", experiment(), SUBMITTED)));
        samples.put(
                "control-feedback",
                new Sample(
                        MessageType.CONTROL,
                        new ControlRecord.RateJob(JOB, TENANT, 4, 31.5, SUBMITTED)));
        samples.put(
                "control-bundle",
                new Sample(
                        MessageType.CONTROL,
                        new ControlRecord.ActivateBundle(
                                MODEL, DIGEST, "cd".repeat(32), 0.5, SUBMITTED)));
    }

    private static Experiment experiment() {
        return new Experiment(
                List.of(
                        new Experiment.Variant("as-it-is", 1, false, null, null, null),
                        new Experiment.Variant(
                                "sharper", 1, false, null, 1.1, AdaptiveRule.SHARPNESS),
                        new Experiment.Variant(
                                "gain", 2, true, new BudgetPolicy.Gain(), null, null)),
                null);
    }

    private static String kind(Object message) {
        return message.getClass().getSimpleName().toLowerCase(java.util.Locale.ROOT);
    }

    private static RestorationRequest request(Depth depth) {
        return request(MODEL, depth);
    }

    private static RestorationRequest request(String model, Depth depth) {
        return new RestorationRequest(
                JOB,
                TENANT,
                new ObjectReference("flexir", "uploads/museum/portrait.png", null, "9b2cf5"),
                model,
                depth,
                new Terms(
                        PriorityClass.INTERACTIVE,
                        Instant.parse("2026-03-01T10:00:05Z"),
                        2,
                        5,
                        OnMiss.DEGRADE),
                new OutputFormat(OutputFormat.Container.JPEG, 95),
                new ImageSize(576, 432),
                "cd".repeat(32),
                SUBMITTED);
    }

    private static WorkOrder workOrder() {
        return new WorkOrder(
                request(new Depth.Adaptive(1.05)),
                List.of(
                        new GrantedModel(
                                MODEL, DIGEST, new Task.Denoise(25, 25), new PointerBudget(2, 5))),
                new Inference.Adaptive(1.05),
                "load/1",
                1,
                "cpu",
                ORDERED);
    }

    private static WorkOrder workOrderOfAnyModel() {
        return new WorkOrder(
                request(RestorationRequest.AUTOMATIC, new Depth.Automatic()),
                List.of(
                        new GrantedModel(
                                "jpeg-color-s",
                                "cd".repeat(32),
                                new Task.Jpeg(10, 40),
                                new PointerBudget(2, 6)),
                        new GrantedModel(
                                MODEL, DIGEST, new Task.Denoise(25, 25), new PointerBudget(2, 5))),
                new Inference.Regular(),
                "load/1",
                1,
                "cpu",
                ORDERED);
    }

    private static ModelChoice choice() {
        return new ModelChoice(
                new ModelChoice.Estimate("mad-db2", 24.5),
                new ModelChoice.Estimate("ijg-luma", 90),
                ModelChoice.Reason.NOISE_OF_ITS_LEVEL);
    }

    private static Receipt receipt() {
        return receipt(null);
    }

    private static Receipt receipt(@Nullable ModelChoice choice) {
        return receipt(choice, null, null);
    }

    private static Receipt receipt(
            @Nullable ModelChoice choice, @Nullable String traceId, @Nullable String bodyDigest) {
        return new Receipt(
                new ObjectReference("flexir", "uploads/museum/portrait.png", null, "9b2cf5"),
                ObjectReference.latest("flexir", "results/museum/7f3a9c/ef.jpg"),
                "ef".repeat(32),
                "image/jpeg",
                700_000,
                120_000,
                new ImageSize(576, 432),
                new ImageSize(576, 432),
                MODEL,
                DIGEST,
                choice,
                "load/1",
                new PointerBudget(2, 5),
                new Inference.Adaptive(1.05),
                List.of(
                        new RegionReceipt(0, 0, 288, 432, 2, 1.25),
                        new RegionReceipt(288, 0, 288, 432, 5, 0.75)),
                42.5,
                new PhaseSeconds(0.01, 0.02, 1.5, 0.03, 0.04, 0.05),
                new Energy(30.5, "estimate:15W-per-busy-thread"),
                false,
                WORKER,
                "cpu",
                1,
                traceId,
                bodyDigest);
    }

    private static Rejection rejection() {
        return new Rejection(
                Rejection.Reason.CORRUPT_IMAGE,
                "The PNG ends after 1,024 of its bytes; upload the whole file.");
    }

    private static Failure failure() {
        return new Failure(
                Failure.Reason.POISON,
                "The order was delivered 4 times and no worker finished it.");
    }

    private static JobView queuedJob() {
        return new JobView(
                request(new Depth.Automatic()), JobState.QUEUED, 0, null, null, null, SUBMITTED);
    }

    private static JobView succeededJob() {
        Outcome outcome = new Outcome.Restored(JOB, TENANT, DONE, receipt(), false, false);
        return new JobView(
                request(new Depth.Adaptive(1.05)),
                JobState.SUCCEEDED,
                1,
                new PointerBudget(2, 5),
                ORDERED,
                outcome,
                new Trial("how-deep", "gain", 4, 12.5),
                DONE);
    }

    private static WorkerHeartbeat heartbeat() {
        return new WorkerHeartbeat(
                WORKER,
                "cpu",
                new Device("cpu", "AMD EPYC", 2),
                WorkerHeartbeat.State.READY,
                2,
                1,
                List.of(new LoadedModel(MODEL, DIGEST, 55.5)),
                List.of(DIGEST, "cd".repeat(32)),
                List.of(new InFlightJob(JOB, 1, InFlightJob.Phase.RESTORING, 3, 1, 4)),
                Instant.parse("2026-03-01T09:00:00Z"),
                ORDERED);
    }

    private static DeadLetter deadLetter() {
        return DeadLetter.of(
                new DeadLetter.Origin(
                        Topics.REQUESTS, 3, 42, "museum-17", MessageType.REQUEST.eventType()),
                "jobId is missing",
                "{\"tenant\":\"museum\"}".getBytes(StandardCharsets.UTF_8),
                SUBMITTED);
    }
}

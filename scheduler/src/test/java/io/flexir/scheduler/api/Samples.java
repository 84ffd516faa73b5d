package io.flexir.scheduler.api;

import io.flexir.contracts.bundle.BundleManifest;
import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.job.JobState;
import io.flexir.contracts.job.JobView;
import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.ModelChoice;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.scheduler.activation.ActivationBook;
import io.flexir.scheduler.budget.TenantRules;
import io.flexir.scheduler.bundles.BundleCatalog;
import io.flexir.scheduler.bundles.Manifests;
import io.flexir.scheduler.load.Fleet;
import io.flexir.scheduler.load.FleetWork;
import io.flexir.scheduler.load.LoadModel;
import io.flexir.scheduler.load.ReceiptWindow;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Messages to test with. Time starts at {@link #START}. */
public final class Samples {
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    public static final TenantId TENANT = new TenantId("default");
    public static final String MODEL = "denoise-color-25-s";
    public static final String DIGEST = "ab".repeat(32);

    private Samples() {}

    public static RestorationRequest request(String id, Instant submittedAt) {
        return request(id, TENANT, submittedAt);
    }

    public static RestorationRequest request(String id, TenantId tenant, Instant submittedAt) {
        return new RestorationRequest(
                new JobId(id),
                tenant,
                new ObjectReference("photos", "in/" + id + ".png", null, "e1"),
                MODEL,
                new Depth.Automatic(),
                Terms.DEFAULT,
                OutputFormat.PNG,
                new ImageSize(300, 200),
                DIGEST,
                submittedAt);
    }

    public static JobView queued(String id, Instant submittedAt) {
        return queued(request(id, submittedAt));
    }

    public static JobView queued(RestorationRequest request) {
        return new JobView(request, JobState.QUEUED, 0, null, null, null, request.submittedAt());
    }

    public static JobView scheduled(String id, int attempt, Instant at) {
        return new JobView(
                request(id, START),
                JobState.SCHEDULED,
                attempt,
                new PointerBudget(1, 6),
                at,
                null,
                at);
    }

    /** The same job with another input. */
    public static JobView naming(String bucket, String key, JobView job) {
        RestorationRequest asked = job.request();
        RestorationRequest request =
                new RestorationRequest(
                        asked.jobId(),
                        asked.tenant(),
                        ObjectReference.latest(bucket, key),
                        asked.model(),
                        asked.depth(),
                        asked.terms(),
                        asked.output(),
                        asked.imageSize(),
                        asked.bodyDigest(),
                        asked.submittedAt());
        return new JobView(
                request,
                job.state(),
                job.attempt(),
                job.budget(),
                job.scheduledAt(),
                job.outcome(),
                job.updatedAt());
    }

    public static JobView succeeded(String id, Instant at) {
        return succeeded(id, receipt(id), at);
    }

    public static JobView succeeded(String id, Receipt receipt, Instant at) {
        Outcome outcome = new Outcome.Restored(new JobId(id), TENANT, at, receipt, true, false);
        return new JobView(
                request(id, START),
                JobState.SUCCEEDED,
                1,
                new PointerBudget(1, 6),
                START,
                outcome,
                at);
    }

    public static JobView failed(String id, Instant at) {
        Failure failure = new Failure(Failure.Reason.WORKER_LOST, "No worker was heard of it");
        Outcome outcome = new Outcome.Failed(new JobId(id), TENANT, at, failure);
        return new JobView(request(id, START), JobState.FAILED, 3, null, null, outcome, at);
    }

    public static JobView cancelled(String id, Instant at) {
        Outcome outcome = new Outcome.Cancelled(new JobId(id), TENANT, at);
        return new JobView(request(id, START), JobState.CANCELLED, 0, null, null, outcome, at);
    }

    public static Receipt receipt(String id) {
        return new Receipt(
                new ObjectReference("photos", "in/" + id + ".png", null, "e1"),
                ObjectReference.latest("flexir", "results/default/" + id + "/" + DIGEST + ".png"),
                DIGEST,
                "image/png",
                1000,
                2000,
                new ImageSize(300, 200),
                new ImageSize(300, 200),
                MODEL,
                DIGEST,
                new ModelChoice(
                        new ModelChoice.Estimate("mad-db2", 24.5),
                        new ModelChoice.Estimate("ijg-luma-nearest", 90),
                        ModelChoice.Reason.NOISE_OF_ITS_LEVEL),
                "load@1",
                new PointerBudget(1, 6),
                new Inference.Adaptive(1.05),
                List.of(
                        new RegionReceipt(0, 0, 200, 200, 6, 0.5),
                        new RegionReceipt(200, 0, 100, 200, 3, 1.5)),
                12.5,
                new PhaseSeconds(0.1, 0.1, 1, 0.1, 0.1, 0.1),
                new Energy(10, "estimate"),
                true,
                "w1",
                "cpu",
                1);
    }

    public static WorkerHeartbeat heartbeat(String worker, Instant at, InFlightJob... jobs) {
        return new WorkerHeartbeat(
                worker,
                "cpu",
                new Device("cpu", "Some CPU", 2),
                WorkerHeartbeat.State.READY,
                2,
                2 - jobs.length,
                List.of(),
                List.of(jobs),
                START,
                at);
    }

    public static InFlightJob inFlight(String id, int attempt, int regionsDone) {
        return new InFlightJob(
                new JobId(id), attempt, InFlightJob.Phase.RESTORING, 2, regionsDone, 10);
    }

    /** The work of a fleet that has the one model of six stages, nothing of it known yet. */
    public static LoadModel load(TenantRules tenants) {
        LoadModel load =
                new LoadModel(
                        new Fleet(Duration.ofSeconds(10)),
                        new ReceiptWindow(),
                        BundleCatalog.of(List.of(Manifests.bundle(MODEL, 6))),
                        tenants,
                        1);
        load.open("0_0");
        return load;
    }

    public static FleetWork fleetWork() {
        return new FleetWork(
                BundleCatalog.of(List.of(Manifests.bundle(MODEL, 6))),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60));
    }

    /** Of one model, for which nothing was asked. */
    public static ActivationBook activations() {
        return new ActivationBook(BundleCatalog.of(List.of(Manifests.bundle(MODEL, 6))), List::of);
    }

    /** A model that no job gets without naming it. */
    public static ModelCatalog enlargers() {
        BundleManifest manifest = Manifests.manifest("enlarge", 6, new Task.SuperResolution());
        return () -> List.of(new ModelCatalog.Model(DIGEST, manifest));
    }

    /** A model of six stages, where stem, stages and branches have 1, 10 and 2 parameters. */
    public static ModelCatalog catalog() {
        BundleManifest manifest =
                new BundleManifest(
                        BundleManifest.FORMAT,
                        MODEL,
                        "1.0.0",
                        new Task.Denoise(25, 25),
                        "s",
                        "staged",
                        3,
                        1,
                        64,
                        2,
                        8,
                        2,
                        6,
                        List.of(2, 2, 2, 2, 2, 2),
                        16,
                        List.of(0.0, 1.0),
                        List.of(2, 4),
                        new BundleManifest.Region(192, 32),
                        1.2,
                        null,
                        graph("stem.onnx", 1, 100),
                        graphs("stage", 10, 1000),
                        graphs("branch", 2, 200),
                        new BundleManifest.Tensors("image", "embedding", "features", "restored"),
                        new BundleManifest.Calibration(
                                24, 20.3, List.of(28.0, 29.0, 29.5, 29.8, 30.0, 30.1)),
                        Map.of());
        return () -> List.of(new ModelCatalog.Model(DIGEST, manifest));
    }

    private static List<BundleManifest.Graph> graphs(String name, long params, double macs) {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(stage -> graph(name + "-" + stage + ".onnx", params, macs))
                .toList();
    }

    private static BundleManifest.Graph graph(String file, long params, double macs) {
        return new BundleManifest.Graph(file, DIGEST, 10, params, macs);
    }
}

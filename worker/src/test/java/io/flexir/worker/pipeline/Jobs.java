package io.flexir.worker.pipeline;

import io.flexir.contracts.bundle.Task;
import io.flexir.contracts.request.Depth;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.OutputFormat;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.request.Terms;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.GrantedModel;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.worker.control.Cancellations;
import io.flexir.worker.intake.Delivery;
import io.flexir.worker.intake.Turn;
import io.flexir.worker.report.InFlightBoard;
import io.flexir.worker.tracing.Tracing;
import io.flexir.worker.tracing.WorkSpans;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Jobs and receipts to test with. */
final class Jobs {
    static final Instant NOW = Instant.parse("2025-01-01T00:00:00Z");
    static final JobId ID = new JobId("job-1");
    static final TenantId TENANT = new TenantId("acme");
    static final String DIGEST = "a".repeat(64);
    static final ObjectReference INPUT = ObjectReference.latest("photos", "in.png");

    private Jobs() {}

    static Delivery delivery(Terms terms) {
        return delivery(INPUT, terms, OutputFormat.PNG, null);
    }

    private static Delivery delivery(
            ObjectReference input, Terms terms, OutputFormat output, @Nullable String bodyDigest) {
        RestorationRequest request =
                new RestorationRequest(
                        ID,
                        TENANT,
                        input,
                        "denoise",
                        new Depth.Automatic(),
                        terms,
                        output,
                        null,
                        bodyDigest,
                        NOW);
        WorkOrder order =
                new WorkOrder(
                        request,
                        List.of(
                                new GrantedModel(
                                        "denoise",
                                        DIGEST,
                                        new Task.Denoise(25, 25),
                                        new PointerBudget(1, 6))),
                        new Inference.Regular(),
                        "fixed-1",
                        1,
                        "cpu",
                        NOW);
        return new Delivery(order, 1, Turn.free());
    }

    static Job job(Delivery delivery, Cancellations cancellations) {
        return new Job(
                delivery,
                new InFlightBoard(() -> {}).open(delivery.order()),
                cancellations,
                new WorkSpans(Tracing.OFF),
                Clock.fixed(NOW, ZoneOffset.UTC),
                () -> 0);
    }

    static Job job() {
        return job(INPUT);
    }

    static Job job(ObjectReference input) {
        return job(delivery(input, Terms.DEFAULT, OutputFormat.PNG, null), new Cancellations());
    }

    /** One that was submitted with a body, if it was. */
    static Job job(OutputFormat output, @Nullable String bodyDigest) {
        return job(delivery(INPUT, Terms.DEFAULT, output, bodyDigest), new Cancellations());
    }

    static Receipt receipt(String workerId) {
        return receipt(workerId, INPUT);
    }

    /** Of a job whose input was read so. */
    static Receipt receipt(String workerId, ObjectReference input) {
        return receipt(workerId, input, "denoise", "image/png", null);
    }

    /** Of a job that was done so, for a request with this body. */
    static Receipt receipt(String model, String contentType, @Nullable String bodyDigest) {
        return receipt("w1", INPUT, model, contentType, bodyDigest);
    }

    private static Receipt receipt(
            String workerId,
            ObjectReference input,
            String model,
            String contentType,
            @Nullable String bodyDigest) {
        return new Receipt(
                input,
                ObjectReference.latest("flexir", "results/acme/job-1/x.png"),
                DIGEST,
                contentType,
                10,
                20,
                new ImageSize(4, 4),
                new ImageSize(4, 4),
                model,
                DIGEST,
                null,
                "fixed-1",
                new PointerBudget(1, 6),
                new Inference.Regular(),
                List.of(new RegionReceipt(0, 0, 4, 4, 6, null)),
                1.5,
                new PhaseSeconds(0, 0, 1, 0, 0, 0),
                new Energy(12, "estimate:12.0W-per-busy-thread"),
                false,
                workerId,
                "cpu: test",
                1,
                null,
                bodyDigest);
    }
}

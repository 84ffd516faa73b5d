package io.flexir.scheduler.jobs;

import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;
import io.flexir.contracts.work.Rejection;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.scheduler.bundles.Manifests;

import java.util.List;

/** What a worker says. */
public final class Reports {
    private static final String WORKER = "worker-1";

    private Reports() {}

    public static WorkerReport restored(String id, int attempt) {
        return restored(id, attempt, new PointerBudget(1, Laboratory.DEPTH), false);
    }

    public static WorkerReport restored(
            String id, int attempt, PointerBudget budget, boolean degraded) {
        return new WorkerReport.Restored(
                new JobId(id),
                attempt,
                WORKER,
                Requests.START,
                receipt(attempt, budget, degraded, 8, 1));
    }

    /** Restored by a model that the worker chose. */
    public static WorkerReport restored(
            String id, int attempt, String model, PointerBudget budget) {
        return new WorkerReport.Restored(
                new JobId(id),
                attempt,
                WORKER,
                Requests.START,
                receipt(attempt, model, budget, false, 8, 1));
    }

    /** A megapixel image that took so much. */
    public static Receipt receipt(
            int attempt, PointerBudget budget, boolean degraded, double gigaMacs, double seconds) {
        return receipt(attempt, Laboratory.MODEL, budget, degraded, gigaMacs, seconds);
    }

    private static Receipt receipt(
            int attempt,
            String model,
            PointerBudget budget,
            boolean degraded,
            double gigaMacs,
            double seconds) {
        return receipt(
                attempt,
                WORKER,
                model,
                budget,
                degraded,
                gigaMacs,
                new PhaseSeconds(0, 0, seconds, 0, 0, 0));
    }

    /** A megapixel image that a worker restored to a pointer. */
    public static Receipt receipt(
            String worker, String model, int pointer, double gigaMacs, PhaseSeconds seconds) {
        PointerBudget budget = new PointerBudget(pointer, pointer);
        return receipt(1, worker, model, budget, false, gigaMacs, seconds);
    }

    private static Receipt receipt(
            int attempt,
            String worker,
            String model,
            PointerBudget budget,
            boolean degraded,
            double gigaMacs,
            PhaseSeconds seconds) {
        ObjectReference object = ObjectReference.latest("images", "x");
        ImageSize size = new ImageSize(1000, 1000);
        return new Receipt(
                object,
                object,
                "ef".repeat(32),
                "image/png",
                100,
                100,
                size,
                size,
                model,
                Manifests.digest(model),
                null,
                "fixed",
                budget,
                new Inference.Regular(),
                List.of(new RegionReceipt(0, 0, 1000, 1000, budget.target(), null)),
                gigaMacs,
                seconds,
                new Energy(1, "estimate:test"),
                degraded,
                worker,
                "a cpu",
                attempt);
    }

    public static WorkerReport failed(String id, int attempt, Failure.Reason reason) {
        return new WorkerReport.Failed(
                new JobId(id), attempt, WORKER, Requests.START, new Failure(reason, "it broke"));
    }

    public static WorkerReport rejected(String id, int attempt) {
        return new WorkerReport.Rejected(
                new JobId(id),
                attempt,
                WORKER,
                Requests.START,
                new Rejection(Rejection.Reason.CORRUPT_IMAGE, "no pixels in it"));
    }

    public static WorkerReport cancelled(String id, int attempt) {
        return new WorkerReport.Cancelled(new JobId(id), attempt, WORKER, Requests.START);
    }
}

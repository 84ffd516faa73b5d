package io.flexir.scheduler.costs;

import io.flexir.contracts.job.Outcome;
import io.flexir.contracts.request.ImageSize;
import io.flexir.contracts.request.JobId;
import io.flexir.contracts.request.ObjectReference;
import io.flexir.contracts.request.TenantId;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Inference;
import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.PointerBudget;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.RegionReceipt;

import java.time.Instant;
import java.util.List;

/** Outcomes of a 100 x 50 image, made by a regular run to one pointer in 3 s, 2 of them network. */
final class Receipts {
    private Receipts() {}

    static Outcome.Restored regular(
            String tenant, String model, int pointer, double gigaMacs, Instant at) {
        return restored(
                tenant,
                receipt(
                        model,
                        new Inference.Regular(),
                        List.of(new RegionReceipt(0, 0, 100, 50, pointer, null)),
                        gigaMacs,
                        new Energy(30, "rapl")),
                at);
    }

    static Outcome.Restored restored(String tenant, Receipt receipt, Instant at) {
        return new Outcome.Restored(
                new JobId("j"), new TenantId(tenant), at, receipt, false, false);
    }

    static Receipt receipt(
            String model,
            Inference inference,
            List<RegionReceipt> regions,
            double gigaMacs,
            Energy energy) {
        String digest = "ab".repeat(32);
        return new Receipt(
                ObjectReference.latest("photos", "a.png"),
                ObjectReference.latest("flexir", "results/a.png"),
                digest,
                "image/png",
                10,
                10,
                new ImageSize(100, 50),
                new ImageSize(100, 50),
                model,
                digest,
                null,
                "load@1",
                new PointerBudget(1, 6),
                inference,
                regions,
                gigaMacs,
                new PhaseSeconds(0.25, 0.25, 2, 0, 0.25, 0.25),
                energy,
                false,
                "w1",
                "cpu: some processor",
                1);
    }
}

package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.Device;
import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.work.Energy;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.worker.energy.EnergyMeter;
import io.flexir.worker.restore.Restoration;
import io.flexir.worker.storage.ResultLocation;
import io.flexir.worker.tracing.Tracing;

/** Writes down what a job cost. */
final class Receipts {
    private final String workerId;
    private final Device device;

    Receipts(String workerId, Device device) {
        this.workerId = workerId;
        this.device = device;
    }

    Receipt of(Job job, ResultFile result, ResultLocation location, EnergyMeter.Reading energy) {
        WorkOrder order = job.order();
        Account account = result.account();
        Origin origin = account.origin();
        Restoration restoration = account.restoration();
        return new Receipt(
                origin.source(),
                location.result(result.sha256(), result.file().extension()),
                result.sha256(),
                result.file().contentType(),
                origin.bytes(),
                result.file().length(),
                origin.size(),
                result.size(),
                account.model().name(),
                account.model().digest(),
                account.why(),
                order.policyVersion(),
                account.model().budget(),
                order.inference(),
                RegionReceipts.of(restoration.regions()),
                restoration.gigaMacs(),
                job.times().with(restoration.inferenceSeconds(), restoration.tilingSeconds()),
                energy(job, restoration, energy),
                restoration.degraded(),
                workerId,
                device.kind() + ": " + device.name(),
                order.attempt(),
                Tracing.currentTraceId(),
                job.request().bodyDigest());
    }

    /** Graphs keep all of ONNX Runtime's threads busy, everything else that computes keeps one. */
    private Energy energy(Job job, Restoration restoration, EnergyMeter.Reading energy) {
        double single =
                restoration.tilingSeconds()
                        + job.times().seconds(Phase.DECODING)
                        + job.times().seconds(Phase.ENCODING);
        return energy.stop(restoration.inferenceSeconds() * device.threads() + single);
    }
}

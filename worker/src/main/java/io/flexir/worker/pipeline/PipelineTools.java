package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.Device;
import io.flexir.worker.control.Cancellations;
import io.flexir.worker.energy.EnergyMeter;
import io.flexir.worker.metrics.WorkerMetrics;
import io.flexir.worker.report.InFlightBoard;
import io.flexir.worker.report.Reporter;
import io.flexir.worker.restore.RestorationEngine;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.tracing.WorkSpans;

import java.time.Clock;

/** What the steps of a job work with. All of it is thread-safe and stays its maker's to close. */
public record PipelineTools(
        ObjectStore store,
        Models models,
        RestorationEngine engine,
        Device device,
        EnergyMeter energy,
        InFlightBoard board,
        Cancellations cancellations,
        Reporter reporter,
        WorkerMetrics metrics,
        WorkSpans spans,
        Clock clock) {}

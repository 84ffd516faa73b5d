package io.flexir.worker;

import io.flexir.contracts.fleet.Device;
import io.flexir.worker.config.BundleCacheSettings;
import io.flexir.worker.config.WorkerConfig;
import io.flexir.worker.control.Cancellations;
import io.flexir.worker.control.ControlTopic;
import io.flexir.worker.energy.EnergyMeter;
import io.flexir.worker.energy.EstimatedEnergy;
import io.flexir.worker.energy.RaplEnergy;
import io.flexir.worker.intake.Intake;
import io.flexir.worker.intake.IntakePause;
import io.flexir.worker.kafka.EventProducer;
import io.flexir.worker.metrics.Readiness;
import io.flexir.worker.metrics.Readiness.Condition;
import io.flexir.worker.metrics.WorkerMetrics;
import io.flexir.worker.pipeline.BundleCache;
import io.flexir.worker.pipeline.BundleFollower;
import io.flexir.worker.pipeline.Models;
import io.flexir.worker.pipeline.PipelineTools;
import io.flexir.worker.pipeline.RestorationPipeline;
import io.flexir.worker.report.HeartbeatVerticle;
import io.flexir.worker.report.Heartbeats;
import io.flexir.worker.report.InFlightBoard;
import io.flexir.worker.report.Reporter;
import io.flexir.worker.restore.EngineSettings;
import io.flexir.worker.restore.RestorationEngine;
import io.flexir.worker.restore.model.ModelSessions;
import io.flexir.worker.restore.model.RuntimeSettings;
import io.flexir.worker.storage.ObjectStore;
import io.flexir.worker.storage.S3ObjectStore;
import io.flexir.worker.tracing.Tracing;
import io.flexir.worker.tracing.WorkSpans;

import java.time.Clock;

/** Everything that a worker is made of, put together and not yet started. */
final class WorkerParts implements AutoCloseable {
    private final Clock clock;
    private final Cancellations cancellations = new Cancellations();
    private final RestorationEngine engine =
            new RestorationEngine(EngineSettings.DEFAULT, System::nanoTime);
    private final ModelSessions sessions;
    private final EventProducer producer;
    private final Tracing tracing;
    private final BundleFollower bundles;

    final Readiness readiness = new Readiness();
    final WorkerMetrics metrics = new WorkerMetrics();
    final ObjectStore store;
    final Models models;
    final ControlTopic control;
    final IntakePause pause = new IntakePause();
    final Intake intake;
    final HeartbeatVerticle heartbeat;

    /**
     * @throws DeviceMissingException when it is to compute on a GPU and cannot
     */
    WorkerParts(WorkerConfig given, Clock clock) {
        this.clock = clock;
        Devices.Selected selected = Devices.select(given.compute());
        RuntimeSettings runtime = selected.runtime();
        Device device = selected.device();
        WorkerConfig config = given.inPoolOf(device.kind());
        tracing = config.tracing().start(config.workerId());
        producer = new EventProducer(config.kafka(), config.workerId(), tracing);
        store = new S3ObjectStore(config.store(), tracing);
        sessions = new ModelSessions(runtime, engine::tilePixels);
        models =
                new Models(
                        config.compute().bundles(),
                        cache(config),
                        sessions,
                        runtime.maxResidentModels());
        bundles = BundleFollower.start(config.workerId(), models, this::boardChanged);
        control =
                new ControlTopic(config.kafka(), config.workerId(), cancellations, bundles::follow);
        InFlightBoard board = new InFlightBoard(this::boardChanged);
        metrics.observeInFlight(() -> board.jobs().size());
        heartbeat =
                new HeartbeatVerticle(
                        new Heartbeats(config, device, board, models::loaded, models::held, clock),
                        producer::send,
                        config.timing().heartbeat(),
                        taken -> readiness.set(Condition.BROKER, taken));
        intake =
                new Intake(
                        config,
                        pipeline(config, device, board),
                        producer,
                        metrics,
                        pause,
                        tracing,
                        clock);
    }

    private BundleCache cache(WorkerConfig config) {
        BundleCacheSettings settings = config.compute().bundleCache();
        return new BundleCache(
                store, config.store().bucket(), settings.directory(), settings.maxBytes());
    }

    private void boardChanged() {
        heartbeat.changed();
    }

    private RestorationPipeline pipeline(WorkerConfig config, Device device, InFlightBoard board) {
        EnergyMeter energy =
                RaplEnergy.orElse(
                        RaplEnergy.POWERCAP,
                        new EstimatedEnergy(config.compute().wattsPerBusyThread()));
        PipelineTools tools =
                new PipelineTools(
                        store,
                        models,
                        engine,
                        device,
                        energy,
                        board,
                        cancellations,
                        new Reporter(producer),
                        metrics,
                        new WorkSpans(tracing),
                        clock);
        return new RestorationPipeline(config, tools);
    }

    /** Closes what nothing uses any more: call it when everything that was started has stopped. */
    @Override
    public void close() {
        control.close();
        bundles.close();
        producer.close();
        sessions.close();
        engine.close();
        store.close();
        tracing.close();
    }
}

package io.flexir.worker;

import io.flexir.worker.config.WorkerConfig;
import io.flexir.worker.intake.IntakeVerticle;
import io.flexir.worker.metrics.ManagementVerticle;
import io.flexir.worker.metrics.Readiness.Condition;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * A worker: takes its pool's orders, restores their images, and says so. Several may run in one
 * process; they share ONNX Runtime's threads.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);

    /** Waiting for a drain on a Vert.x worker thread is no accident. */
    private static final long MAX_BLOCKING_HOURS = 2;

    private final WorkerConfig config;
    private final Vertx vertx;
    private final WorkerParts parts;
    private final ManagementVerticle management;
    private final IntakeVerticle intake;
    private @Nullable String heartbeatId;
    private @Nullable String intakeId;
    private boolean closed;

    private Worker(WorkerConfig config, Clock clock) {
        this.config = config;
        // First, because it may refuse.
        this.parts = new WorkerParts(config, clock);
        this.vertx =
                Vertx.vertx(
                        new VertxOptions()
                                .setEventLoopPoolSize(1)
                                .setMaxWorkerExecuteTime(MAX_BLOCKING_HOURS)
                                .setMaxWorkerExecuteTimeUnit(TimeUnit.HOURS));
        this.intake =
                new IntakeVerticle(parts.intake, this::prepare, config.timing().shutdownGrace());
        this.management =
                new ManagementVerticle(
                        config.management(),
                        parts.metrics.registry(),
                        parts.readiness,
                        intake::isAlive);
    }

    /**
     * Starts a worker, and returns when its management port is served. It takes orders as soon as
     * it has loaded its models and read the control topic to its end; broker and store need not be
     * there yet.
     *
     * @throws IllegalStateException if the management port cannot be listened on
     * @throws DeviceMissingException if it is to compute on a GPU that cannot be used
     */
    public static Worker start(WorkerConfig config) {
        return start(config, Clock.systemUTC());
    }

    /**
     * The same by another clock than the system's.
     *
     * @param clock for what others read: heartbeats, reports, deadlines
     */
    public static Worker start(WorkerConfig config, Clock clock) {
        Worker worker = new Worker(config, clock);
        try {
            worker.deploy();
        } catch (CompletionException refused) {
            worker.close();
            throw new IllegalStateException(
                    "worker "
                            + config.workerId()
                            + " cannot listen on "
                            + config.management()
                            + ": "
                            + refused.getCause(),
                    refused);
        }
        LOG.info("worker started config={} managementPort={}", config, worker.managementPort());
        return worker;
    }

    private void deploy() {
        await(vertx.deployVerticle(management));
        await(
                vertx.deployVerticle(
                        new ReadinessVerticle(
                                parts.readiness,
                                parts.store::answers,
                                parts.models::isAny,
                                parts.metrics,
                                this::storeAnswers,
                                ReadinessVerticle.Pace.DEFAULT)));
        heartbeatId = await(vertx.deployVerticle(parts.heartbeat));
        intakeId = await(vertx.deployVerticle(intake));
    }

    /**
     * What comes before the first order: models that are fast at once, every cancellation, and a
     * first heartbeat.
     */
    private Future<?> prepare() {
        Future<?> models =
                vertx.executeBlocking(
                        () -> {
                            parts.models.preload();
                            return null;
                        });
        Future<?> control = Future.fromCompletionStage(parts.control.start());
        return Future.all(models, control)
                .onSuccess(
                        prepared -> {
                            parts.heartbeat.begin();
                            parts.readiness.set(Condition.INTAKE, true);
                        });
    }

    /**
     * While the store is away orders are left where they are: no other worker is kept from them.
     */
    private void storeAnswers(boolean answers) {
        if (parts.pause.set(!answers)) {
            LOG.warn(
                    "intake {} store={} bucket={}",
                    answers ? "goes on" : "pauses",
                    config.store().endpoint(),
                    config.store().bucket());
            parts.metrics.paused(!answers);
            parts.heartbeat.paused(!answers);
        }
    }

    public String workerId() {
        return config.workerId();
    }

    /** Where metrics and health are served. */
    public int managementPort() {
        return management.port();
    }

    /** Whether it takes orders, and broker, store and bundles are there. */
    public boolean isReady() {
        return parts.readiness.isReady();
    }

    /**
     * Takes no more orders, lets those that it holds end within the grace period or hands them
     * back, says a last word, and frees everything. Blocks until then. A second call does nothing.
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        parts.readiness.set(Condition.INTAKE, false);
        if (intakeId != null) {
            parts.heartbeat.draining();
            await(vertx.undeploy(intakeId));
        }
        if (heartbeatId != null) {
            await(vertx.undeploy(heartbeatId));
        }
        await(vertx.close());
        parts.close();
        LOG.info("worker stopped worker={}", config.workerId());
    }

    private static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }
}

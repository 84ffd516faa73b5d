package io.flexir.worker.intake;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * Takes orders from when everything before it is done until it is undeployed; then lets go of what
 * it holds.
 */
public final class IntakeVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(IntakeVerticle.class);

    private final Intake intake;
    private final Supplier<Future<?>> before;
    private final Duration grace;
    private volatile boolean stopping;
    private volatile boolean failed;

    /**
     * @param before begins what must be done before the first order is taken
     * @param grace how long orders may go on after this is undeployed
     */
    public IntakeVerticle(Intake intake, Supplier<Future<?>> before, Duration grace) {
        this.intake = intake;
        this.before = before;
        this.grace = grace;
    }

    /**
     * Does not wait: a broker that is not there yet must not keep health and metrics from being
     * served.
     */
    @Override
    public Future<?> start() {
        before.get()
                .onFailure(this::notStarted)
                .onSuccess(
                        done ->
                                context.runOnContext(
                                        ignored -> {
                                            if (!stopping) {
                                                intake.start();
                                            }
                                        }));
        return Future.succeededFuture();
    }

    /** What came before is not tried again. Nor is it a problem of one that stops. */
    private void notStarted(Throwable problem) {
        if (!stopping) {
            failed = true;
            LOG.error("intake not started, only a restart helps", problem);
        }
    }

    /** Whether orders are taken, or still can be: when not, only a restart helps. */
    public boolean isAlive() {
        return !failed && intake.isAlive();
    }

    @Override
    public Future<?> stop() {
        stopping = true;
        return vertx.executeBlocking(
                () -> {
                    intake.drain(grace);
                    return null;
                });
    }
}

package io.flexir.worker.report;

import io.flexir.contracts.fleet.WorkerHeartbeat;
import io.flexir.contracts.fleet.WorkerHeartbeat.State;
import io.flexir.contracts.wire.MessageType;
import io.flexir.contracts.wire.Topics;
import io.flexir.worker.kafka.Event;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Sends heartbeats: one every few seconds, one soon after every change, and a last word. Everything
 * here runs on one event loop, but for the sending, which may block. A change that comes while a
 * heartbeat is on its way is told by the next one, so that there are never two on their way.
 */
public final class HeartbeatVerticle extends VerticleBase {
    private static final Logger LOG = LoggerFactory.getLogger(HeartbeatVerticle.class);

    /** Phases change faster than anybody needs to know. */
    private static final Duration GATHERING = Duration.ofMillis(50);

    /** A broker that takes longer is not there, long before its client gives up. */
    private static final Duration LONGEST_ANSWER = Duration.ofSeconds(5);

    private final Heartbeats heartbeats;
    private final Function<Event<WorkerHeartbeat>, CompletableFuture<Void>> sender;
    private final Duration interval;
    private final Consumer<Boolean> onAnswer;
    private boolean draining;
    private boolean paused;
    private boolean begun;
    private boolean gathering;
    private boolean sending;
    private long sentNanos;
    private boolean changed;
    private boolean stopped;

    /**
     * @param sender completes when the broker has the event; may block
     * @param onAnswer told after each heartbeat whether the broker took it
     */
    public HeartbeatVerticle(
            Heartbeats heartbeats,
            Function<Event<WorkerHeartbeat>, CompletableFuture<Void>> sender,
            Duration interval,
            Consumer<Boolean> onAnswer) {
        this.heartbeats = heartbeats;
        this.sender = sender;
        this.interval = interval;
        this.onAnswer = onAnswer;
    }

    /** The worker is about to take orders: from now on it is heard of. Called from any thread. */
    public void begin() {
        context.runOnContext(
                ignored -> {
                    begun = true;
                    vertx.setPeriodic(0, interval.toMillis(), timer -> send());
                });
    }

    /** Something on the board has changed. Called from any thread. */
    public void changed() {
        context.runOnContext(
                ignored -> {
                    if (begun && !gathering) {
                        gathering = true;
                        vertx.setTimer(
                                GATHERING.toMillis(),
                                timer -> {
                                    gathering = false;
                                    send();
                                });
                    }
                });
    }

    /** From now on says that the worker takes no more orders. Called from any thread. */
    public void draining() {
        context.runOnContext(
                ignored -> {
                    draining = true;
                    if (begun) {
                        send();
                    }
                });
    }

    /**
     * From now on says that the worker takes no orders for a while, or takes them again. Called
     * from any thread.
     */
    public void paused(boolean holds) {
        context.runOnContext(
                ignored -> {
                    paused = holds;
                    if (begun) {
                        send();
                    }
                });
    }

    private State state() {
        if (draining) {
            return State.DRAINING;
        }
        return paused ? State.PAUSED : State.READY;
    }

    private void send() {
        if (stopped) {
            return;
        }
        if (sending) {
            changed = true;
            if (System.nanoTime() - sentNanos > LONGEST_ANSWER.toNanos()) {
                onAnswer.accept(false);
            }
            return;
        }
        sending = true;
        sentNanos = System.nanoTime();
        changed = false;
        WorkerHeartbeat heartbeat = heartbeats.now(state());
        vertx.executeBlocking(() -> deliver(heartbeat))
                .onComplete(
                        answer -> {
                            sending = false;
                            onAnswer.accept(answer.succeeded() && answer.result());
                            if (changed) {
                                send();
                            }
                        });
    }

    /** On a worker thread: waits for the broker. */
    private boolean deliver(WorkerHeartbeat heartbeat) {
        Event<WorkerHeartbeat> event =
                new Event<>(
                        Topics.WORKERS,
                        heartbeat.workerId(),
                        MessageType.HEARTBEAT,
                        heartbeat,
                        heartbeat.workerId() + "/" + heartbeat.at(),
                        heartbeat.at());
        try {
            sender.apply(event).join();
            return true;
        } catch (CompletionException notTaken) {
            LOG.warn("heartbeat not sent problem={}", String.valueOf(notTaken.getCause()));
            return false;
        }
    }

    /** The last word, after which this worker is not waited for. */
    @Override
    public Future<?> stop() {
        stopped = true;
        WorkerHeartbeat last = heartbeats.now(State.STOPPED);
        return begun ? vertx.executeBlocking(() -> deliver(last)) : Future.succeededFuture();
    }
}

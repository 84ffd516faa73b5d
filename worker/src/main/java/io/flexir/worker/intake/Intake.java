package io.flexir.worker.intake;

import io.flexir.worker.config.WorkerConfig;
import io.flexir.worker.kafka.EventProducer;
import io.flexir.worker.tracing.MessageSpans;
import io.flexir.worker.tracing.Tracing;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The slots of one worker, and of each its lanes: a consumer thread and a computing thread each.
 */
public final class Intake {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

    /** For lanes that were told to let go of what they hold: their consumers say goodbye. */
    private static final Duration GOODBYE = Duration.ofSeconds(10);

    /** Locks last by the time that passes, whatever the wall clock is set to. */
    private static final InstantSource STEADY = () -> Instant.EPOCH.plusNanos(System.nanoTime());

    private final WorkerConfig config;
    private final ExecutorService computing;
    private final RecordWork work;
    private final List<Lane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    public Intake(
            WorkerConfig config,
            OrderHandler handler,
            EventProducer producer,
            IntakeListener listener,
            IntakePause pause,
            Tracing tracing,
            Clock clock) {
        this.config = config;
        int count = lanes(config);
        this.computing =
                Executors.newFixedThreadPool(
                        count,
                        Thread.ofPlatform().name(config.workerId() + "-compute-", 0).factory());
        this.work =
                new RecordWork(
                        handler,
                        new DeadLetters(producer, clock),
                        listener,
                        new MessageSpans(tracing),
                        computing);
        WorkConsumers consumers =
                new WorkConsumers(config.kafka(), config.workerId(), config.pool());
        List<Slot> slots = Stream.generate(Slot::new).limit(config.compute().slots()).toList();
        IntStream.range(0, count)
                .forEach(
                        number -> {
                            Lane lane =
                                    new Lane(
                                            slots.get(number / Slot.LANES),
                                            () -> consumers.subscribed(number),
                                            work,
                                            listener,
                                            pause,
                                            STEADY);
                            lanes.add(lane);
                            threads.add(
                                    Thread.ofPlatform()
                                            .name(config.workerId() + "-lane-" + number)
                                            .unstarted(lane));
                        });
    }

    /** How many orders a worker can have in hand: some are computed, some are brought home. */
    public static int lanes(WorkerConfig config) {
        return config.compute().slots() * Slot.LANES;
    }

    /** Starts to take orders. */
    public void start() {
        threads.forEach(Thread::start);
        LOG.info("intake started pool={} lanes={}", config.pool(), lanes.size());
    }

    /** Whether every lane's thread does its work, or has not been started yet. */
    public boolean isAlive() {
        return threads.stream().noneMatch(thread -> thread.getState() == Thread.State.TERMINATED);
    }

    /**
     * Takes no more orders and blocks until none is held: those that end within the grace period
     * end, those that do not are handed back between two stages, and what does not even come to the
     * end of its stage within the longest that one takes is left to the broker.
     */
    public void drain(Duration grace) {
        lanes.forEach(Lane::stop);
        if (!endedBy(STEADY.instant().plus(grace))) {
            LOG.info("grace is over, orders go back graceMillis={}", grace.toMillis());
            work.wantAllBack();
            if (!endedBy(STEADY.instant().plus(config.timing().longestStage()))) {
                LOG.warn("orders left to the broker");
                lanes.forEach(Lane::abandon);
                endedBy(STEADY.instant().plus(GOODBYE));
            }
        }
        computing.shutdownNow();
        LOG.info("intake stopped pool={}", config.pool());
    }

    private boolean endedBy(Instant deadline) {
        try {
            for (Thread thread : threads) {
                if (thread.getState() == Thread.State.NEW) {
                    continue;
                }
                Duration left = Duration.between(STEADY.instant(), deadline);
                if (left.isNegative() || !thread.join(left)) {
                    return threads.stream().noneMatch(Thread::isAlive);
                }
            }
            return true;
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

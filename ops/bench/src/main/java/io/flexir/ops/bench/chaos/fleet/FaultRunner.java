package io.flexir.ops.bench.chaos.fleet;

import io.flexir.ops.bench.chaos.plan.FaultKind;
import io.flexir.ops.bench.chaos.plan.FaultPlan;
import io.flexir.ops.bench.chaos.plan.Place;
import io.flexir.ops.bench.chaos.plan.PlannedFault;

import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/** Plays a plan to a fleet, until it is told to stop. */
public final class FaultRunner implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FaultRunner.class);
    private static final Duration ORDERLY = Duration.ofSeconds(30);
    private static final Duration LONGEST_HELD = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration INSISTENCE = Duration.ofSeconds(60);

    /** In a fleet full of faults the turn of an image that kills comes late. */
    private static final Duration INSISTENCE_ON_POISON = Duration.ofSeconds(150);

    private static final Duration AGAIN = Duration.ofMillis(500);
    private static final long ROOM_BYTES = 20_000;

    private final ChaosFleet fleet;
    private final FaultPlan plan;
    private final IntSupplier ended;
    private final Consumer<PlannedFault> watcher;
    private final Redelivery redelivery;
    private final PoisonImage poison;
    private final Map<FaultKind, Integer> struck = new EnumMap<>(FaultKind.class);
    private final Map<FaultKind, Integer> failed = new EnumMap<>(FaultKind.class);
    private final AtomicInteger outOfOrder = new AtomicInteger();
    private final ExecutorService strikes =
            Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name("flexir-fault-", 0).factory());
    private final Thread player;
    private volatile boolean stopping;

    /**
     * Begins at once.
     *
     * @param ended how many jobs have ended so far
     * @param watcher told of each fault as it strikes
     */
    public FaultRunner(
            ChaosFleet fleet, FaultPlan plan, IntSupplier ended, Consumer<PlannedFault> watcher) {
        this.fleet = fleet;
        this.plan = plan;
        this.ended = ended;
        this.watcher = watcher;
        this.redelivery = new Redelivery(fleet.connections().bootstrapServers());
        this.poison = new PoisonImage(fleet);
        this.player = Thread.ofVirtual().name("flexir-faults").start(this::play);
    }

    /** How many of each kind have struck. */
    public synchronized Map<FaultKind, Integer> struck() {
        return new EnumMap<>(struck);
    }

    /** How many of each kind could not be brought about. */
    public synchronized Map<FaultKind, Integer> failed() {
        return new EnumMap<>(failed);
    }

    /** Processes that were told to end and had to be killed. */
    public int outOfOrder() {
        return outOfOrder.get();
    }

    /** Jobs of which workers died on purpose. */
    public Set<String> poisoned() {
        return poison.poisoned();
    }

    /** Begins no more, and returns when everything that was struck is whole or starting again. */
    @Override
    public void close() {
        stopping = true;
        player.interrupt();
        strikes.close();
    }

    private void play() {
        Pace pace = new Pace(LONGEST_HELD);
        long startNanos = System.nanoTime();
        while (!stopping) {
            PlannedFault fault = plan.next();
            long dueNanos = startNanos + fault.at().plus(pace.held()).toNanos();
            if (!pause(Duration.ofNanos(dueNanos - System.nanoTime())) || !held(fault, pace)) {
                return;
            }
            var _ = strikes.submit(() -> strike(fault));
        }
    }

    /** Until the fleet is back at work; false when nothing is to strike any more. */
    private boolean held(PlannedFault fault, Pace pace) {
        Place place = fault.kind().place();
        long sinceNanos = System.nanoTime();
        Duration waited = Duration.ZERO;
        while (!pace.mayStrike(place, ended.getAsInt(), waited)) {
            if (!pause(LOOK)) {
                return false;
            }
            waited = Duration.ofNanos(System.nanoTime() - sinceNanos);
        }
        pace.struck(place, ended.getAsInt(), waited);
        return true;
    }

    private void strike(PlannedFault fault) {
        LOG.info("event=fault {}", fault);
        watcher.accept(fault);
        try {
            act(fault);
            count(struck, fault.kind());
        } catch (RuntimeException e) {
            LOG.error("event=fault_failed {}", fault, e);
            count(failed, fault.kind());
        }
    }

    private synchronized void count(Map<FaultKind, Integer> counts, FaultKind kind) {
        counts.merge(kind, 1, Integer::sum);
    }

    private void act(PlannedFault fault) {
        switch (fault.kind()) {
            case KILL_WORKER, KILL_SCHEDULER, KILL_BROKER, KILL_STORE -> {
                Node node = victim(fault);
                node.kill();
                pause(fault.lasts());
                node.startAgain();
            }
            case RESTART_BROKER, RESTART_WORKER, RESTART_SCHEDULER -> {
                Node node = victim(fault);
                if (!node.terminate(ORDERLY)) {
                    outOfOrder.incrementAndGet();
                }
                pause(fault.lasts());
                node.startAgain();
            }
            case PAUSE_WORKER, PAUSE_SCHEDULER -> insist(() -> victim(fault).pause(fault.lasts()));
            case SLOW_WORKER -> insist(() -> victim(fault).slow(fault.lasts()));
            case CLOCK_WORKER, CLOCK_SCHEDULER -> {
                Node node = victim(fault);
                node.setClock(jump(fault));
                pause(fault.lasts());
                node.setClock(Duration.ZERO);
            }
            case STORE_ERRORS -> spoil(new StoreFault.Errors(), fault.lasts());
            case STORE_HANGS -> spoil(new StoreFault.Hangs(), fault.lasts());
            case STORE_CUTS -> spoil(new StoreFault.Cuts(), fault.lasts());
            case STORE_FULL -> spoil(new StoreFault.Full(ROOM_BYTES), fault.lasts());
            case POISON -> {
                if (poison.strike(fault.victim(), fault.lasts().plus(INSISTENCE_ON_POISON)) == 0) {
                    throw new IllegalStateException("no worker died of the image in time");
                }
            }
            case REDELIVERY -> insist(() -> redelivery.again(fault.victim()) > 0);
        }
    }

    /** What meets a process or a broker that is away just now is tried again. */
    private static void insist(BooleanSupplier fault) {
        long deadlineNanos = System.nanoTime() + INSISTENCE.toNanos();
        while (!brought(fault)) {
            if (System.nanoTime() > deadlineNanos || !pause(AGAIN)) {
                throw new IllegalStateException(
                        "there was nothing to strike for " + INSISTENCE.toSeconds() + " s");
            }
        }
    }

    private static boolean brought(BooleanSupplier fault) {
        try {
            return fault.getAsBoolean();
        } catch (KafkaException away) {
            LOG.info("event=fault_waits cause=\"{}\"", String.valueOf(away.getMessage()));
            return false;
        }
    }

    /** Up to an hour, every second time back. */
    private static Duration jump(PlannedFault fault) {
        Duration forward = Duration.ofMinutes(1 + fault.victim() % 60);
        return fault.victim() / 60 % 2 == 0 ? forward : forward.negated();
    }

    private Node victim(PlannedFault fault) {
        List<Node> nodes = fleet.nodes(fault.kind().place());
        return nodes.get(fault.victim() % nodes.size());
    }

    private void spoil(StoreFault how, Duration time) {
        fleet.proxy().spoil(how);
        pause(time);
        fleet.proxy().spoil(new StoreFault.None());
    }

    /** Whether the time has passed. */
    private static boolean pause(Duration time) {
        try {
            TimeUnit.NANOSECONDS.sleep(Math.max(0, time.toNanos()));
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

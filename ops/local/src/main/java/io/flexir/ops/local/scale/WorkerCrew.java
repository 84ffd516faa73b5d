package io.flexir.ops.local.scale;

import io.flexir.ops.local.process.ChildProcess;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;

/**
 * Worker processes of one pool. Those that are too many are drained, the youngest first: they
 * finish their orders and end. One that ends without being asked to is replaced. Thread-safe.
 */
public final class WorkerCrew implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WorkerCrew.class);
    private static final Duration REST_AFTER_LOSS = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Function<String, ChildProcess> starter;
    private final InstantSource clock;

    /** Oldest first. */
    private final List<Member> working = new ArrayList<>();

    private final List<Member> draining = new ArrayList<>();
    private int started;
    private int lost;
    private Instant resting = Instant.EPOCH;

    /**
     * @param starter starts a worker of this name
     */
    public WorkerCrew(Function<String, ChildProcess> starter, InstantSource clock) {
        this.starter = starter;
        this.clock = clock;
    }

    /** Starts or drains until so many work. */
    public synchronized void resize(int wanted) {
        takeStock();
        while (working.size() > wanted) {
            Member youngest = working.removeLast();
            draining.add(youngest);
            youngest.process().terminate();
            LOG.info("event=worker_draining worker={}", youngest.id());
        }
        while (working.size() < wanted && !clock.instant().isBefore(resting)) {
            String id = "worker-" + ++started;
            working.add(new Member(id, starter.apply(id)));
            LOG.info(
                    "event=worker_started worker={} pid={}", id, working.getLast().process().pid());
        }
    }

    /** How many there are. */
    public synchronized Headcount headcount() {
        takeStock();
        return new Headcount(working.size(), draining.size(), started, lost);
    }

    /** Process ids of those that are not draining. */
    public synchronized List<Long> pids() {
        return working.stream().map(member -> member.process().pid()).toList();
    }

    /** Lets all of them hand back what they hold, but not for long. */
    @Override
    public synchronized void close() {
        List<Member> all = new ArrayList<>(working);
        all.addAll(draining);
        working.forEach(member -> member.process().terminate());
        Instant deadline = clock.instant().plus(PATIENCE);
        for (Member member : all) {
            Duration left = Duration.between(clock.instant(), deadline);
            if (!member.process().awaitEnd(left)) {
                LOG.warn("event=worker_killed worker={}", member.id());
                member.process().kill();
            }
        }
        working.clear();
        draining.clear();
    }

    private void takeStock() {
        draining.removeIf(member -> !member.process().isAlive());
        Iterator<Member> members = working.iterator();
        while (members.hasNext()) {
            Member member = members.next();
            if (!member.process().isAlive()) {
                members.remove();
                lost++;
                resting = clock.instant().plus(REST_AFTER_LOSS);
                LOG.warn("event=worker_lost worker={}", member.id());
            }
        }
    }

    private record Member(String id, ChildProcess process) {}
}

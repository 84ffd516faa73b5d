package io.flexir.scheduler.load;

import io.flexir.contracts.request.JobId;
import io.flexir.scheduler.budget.DeadlineTree;
import io.flexir.scheduler.budget.Demand;
import io.flexir.scheduler.budget.JobFacts;
import io.flexir.scheduler.budget.Load;
import io.flexir.scheduler.budget.OrderKey;
import io.flexir.scheduler.budget.Seconds;
import io.flexir.scheduler.budget.ServiceTime;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The jobs that wait and those that are out, as a policy sees them: what they are worth, and what
 * can be spared without making one late. Thread-safe.
 */
public final class WaitingWork {
    /** Below it a change of the fleet is noise. */
    private static final double NOTABLE_CHANGE = 0.02;

    /** What a deadline is worth beside what the result gains, in dB, when not all can be kept. */
    private static final double KEPT_DEADLINE = 10;

    /** So long after its deadline a job has its turn though others could go deeper without it. */
    private static final double LONG_LATE_SECONDS = 1800;

    private final Map<JobId, Waiting> waiting = new HashMap<>();
    private final OrdersOut out = new OrdersOut();
    private final DeadlineTree onTime = new DeadlineTree(1);
    private final Demand demand = new Demand();
    private double floorSeconds;
    private boolean anybodyWorks;

    /** The fleet as of now. */
    public synchronized void fleet(double slots) {
        anybodyWorks = slots > 0;
        if (anybodyWorks && Math.abs(slots / onTime.slots() - 1) > NOTABLE_CHANGE) {
            onTime.setSlots(slots);
        }
    }

    /** A job came just now. */
    public synchronized void arrived(OrderKey key, JobFacts job, ServiceTime service, Instant now) {
        enter(key, job, service, demand.arrived(job, service, Seconds.of(now)));
    }

    /** A job waits that was known before. */
    public synchronized void waits(OrderKey key, JobFacts job, ServiceTime service, Instant now) {
        enter(key, job, service, demand.waits(job, service, Seconds.of(now)));
    }

    /** A job no longer waits. */
    public synchronized void left(JobId id) {
        Waiting job = waiting.remove(id);
        floorSeconds -= job == null ? 0 : job.floorSeconds();
        if (job != null && !job.aside()) {
            leave(job);
        }
    }

    /** An order is out, which one slot will work on for so long. */
    public synchronized void ordered(JobId id, double seconds, Instant now) {
        out.ordered(id, seconds, onTime.slots(), Seconds.of(now));
    }

    /** An order is out no longer. */
    public synchronized void ended(JobId id, Instant now) {
        out.ended(id, onTime.slots(), Seconds.of(now));
    }

    /** What a job's grant depends on. */
    public synchronized Load load(OrderKey key, ServiceTime service, int deepest, Instant now) {
        double seconds = Seconds.of(now);
        double inFlight = inFlightSeconds(seconds);
        double spare =
                othersStartAtOnce(0)
                        ? Double.POSITIVE_INFINITY
                        : onTime.spareBehind(key, seconds, inFlight);
        return new Load(deepest, service, price(seconds, inFlight), spare);
    }

    /** Slots that it would take to do all of it at full depth as fast as it comes. */
    synchronized double slotsWanted(Instant now) {
        return Math.max(demand.slotsWanted(Seconds.of(now)), out.size());
    }

    /** Jobs that wait. */
    synchronized int jobs() {
        return waiting.size();
    }

    /** Seconds of one slot that those would take, each at its floor. */
    synchronized double floorSeconds() {
        return waiting.isEmpty() ? 0 : floorSeconds;
    }

    /** What a worker-second is worth. */
    public synchronized double price(Instant now) {
        double seconds = Seconds.of(now);
        return price(seconds, inFlightSeconds(seconds));
    }

    /** Lets jobs step aside until all others can be on time at their floors. */
    public synchronized void letStepAside(Instant now) {
        double seconds = Seconds.of(now);
        double inFlight = inFlightSeconds(seconds);
        while (anybodyWorks && !othersStartAtOnce(0)) {
            Optional<OrderKey> loser = onTime.loser(seconds, inFlight);
            if (loser.isEmpty()) {
                return;
            }
            JobId id = loser.get().jobId();
            Waiting job = Objects.requireNonNull(waiting.get(id));
            leave(job);
            waiting.put(id, job.steppedAside());
        }
    }

    /** Whether somebody waits who has not stepped aside, in whichever queue. */
    public synchronized boolean anybodyIsOnTime() {
        return onTime.size() > 0;
    }

    /** Whether a job has stepped aside. */
    public synchronized boolean isAside(JobId id) {
        Waiting job = waiting.get(id);
        return job != null && job.aside();
    }

    /** Whether a job that has stepped aside could be on time if it started now. */
    public synchronized boolean canBeOnTime(JobId id, Instant now) {
        Waiting job = waiting.get(id);
        return job != null && job.facts().deadlineSeconds() - job.floorSeconds() >= Seconds.of(now);
    }

    /** Whether a job that has stepped aside can be served without making another one late. */
    public synchronized boolean hasRoomFor(JobId id, Instant now) {
        Waiting job = waiting.get(id);
        double seconds = Seconds.of(now);
        return job != null
                && (othersStartAtOnce(1)
                        || onTime.spare(seconds, inFlightSeconds(seconds)) >= job.floorSeconds());
    }

    /**
     * Whether a job that has stepped aside and is late can be served at nobody's cost: there is
     * room for it, and the seconds that it takes are worth nothing to others. When it has been late
     * for long, room is enough.
     */
    public synchronized boolean costsNobody(JobId id, Instant now) {
        Waiting job = waiting.get(id);
        boolean longLate =
                job != null && job.facts().deadlineSeconds() + LONG_LATE_SECONDS < Seconds.of(now);
        return hasRoomFor(id, now) && (longLate || price(now) == 0);
    }

    private double price(double now, double inFlight) {
        return demand.price(now, onTime.slots(), Math.min(out.size(), onTime.slots()), inFlight);
    }

    private void enter(OrderKey key, JobFacts job, ServiceTime service, double dueAt) {
        double floor = service.seconds(job, job.least());
        double gain = job.curve().psnr(job.least()) - job.curve().inputPsnr();
        onTime.add(key, job.deadlineSeconds(), floor, (KEPT_DEADLINE + gain) / floor);
        waiting.put(key.jobId(), new Waiting(key, job, service, floor, dueAt, false));
        floorSeconds += floor;
    }

    private void leave(Waiting job) {
        onTime.remove(job.key());
        demand.left(job.facts(), job.service(), job.dueAt());
    }

    /** Whether all that can be on time start at once, though so many others start before them. */
    private boolean othersStartAtOnce(int before) {
        return before + onTime.size() + out.size() <= onTime.slots();
    }

    private double inFlightSeconds(double now) {
        return out.secondsLeft(onTime.slots(), now);
    }

    private record Waiting(
            OrderKey key,
            JobFacts facts,
            ServiceTime service,
            double floorSeconds,
            double dueAt,
            boolean aside) {
        Waiting steppedAside() {
            return new Waiting(key, facts, service, floorSeconds, dueAt, true);
        }
    }
}

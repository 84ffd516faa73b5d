package io.flexir.worker.pipeline;

import io.flexir.contracts.fleet.InFlightJob.Phase;
import io.flexir.contracts.request.OnMiss;
import io.flexir.contracts.request.RestorationRequest;
import io.flexir.contracts.work.Failure;
import io.flexir.contracts.work.WorkOrder;
import io.flexir.worker.control.Cancellations;
import io.flexir.worker.intake.Delivery;
import io.flexir.worker.report.InFlightBoard;
import io.flexir.worker.tracing.Doing;
import io.flexir.worker.tracing.WorkSpans;

import org.jspecify.annotations.Nullable;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * One order on its way through the steps: what it is, what could end it early, and how long its
 * phases took.
 */
final class Job {
    private final Delivery delivery;
    private final InFlightBoard.Ticket ticket;
    private final Cancellations cancellations;
    private final Clock clock;
    private final PhaseTimes times;
    private final WorkSpans spans;
    private final List<Runnable> borrowed = new ArrayList<>();

    Job(
            Delivery delivery,
            InFlightBoard.Ticket ticket,
            Cancellations cancellations,
            WorkSpans spans,
            Clock clock,
            LongSupplier nanoTime) {
        this.delivery = delivery;
        this.ticket = ticket;
        this.cancellations = cancellations;
        this.spans = spans;
        this.clock = clock;
        this.times = new PhaseTimes(nanoTime);
    }

    WorkOrder order() {
        return delivery.order();
    }

    RestorationRequest request() {
        return delivery.order().request();
    }

    /** Since it was ordered; below zero where clocks disagree. */
    Duration age() {
        return Duration.between(order().orderedAt(), clock.instant());
    }

    /** Computes when the slot has nothing else to compute. */
    <T> Step<T> inTurn(Supplier<Step<T>> computation) {
        if (!delivery.turn().compute(this::mustStop)) {
            return Step.ended(stop().orElseGet(JobEnd.HandedBack::new));
        }
        Step<T> computed = computation.get();
        delivery.turn().computed();
        return computed;
    }

    /** Soon the slot will have nothing to compute. */
    void nearlyComputed() {
        delivery.turn().nearlyComputed();
    }

    PhaseTimes times() {
        return times;
    }

    InFlightBoard.Ticket ticket() {
        return ticket;
    }

    /** Has something given back when this job's work has ended, in whatever way. */
    void atItsEnd(Runnable giveBack) {
        borrowed.add(giveBack);
    }

    void end() {
        borrowed.forEach(Runnable::run);
        borrowed.clear();
    }

    /** Why this job should not go on, if it should not. */
    Optional<JobEnd> stop() {
        if (cancellations.covers(request())) {
            return Optional.of(new JobEnd.Cancelled());
        }
        return delivery.handBackWanted() ? Optional.of(new JobEnd.HandedBack()) : Optional.empty();
    }

    boolean mustStop() {
        return stop().isPresent();
    }

    /** Time until the deadline, negative when it has passed; none when there is no deadline. */
    @Nullable Duration timeLeft() {
        Instant deadline = request().terms().deadline();
        return deadline == null ? null : Duration.between(clock.instant(), deadline);
    }

    /** The end of a job that is late already and was to fail then. */
    Optional<JobEnd> deadlinePassed() {
        Duration left = timeLeft();
        boolean failed =
                left != null && left.isNegative() && request().terms().onMiss() == OnMiss.FAIL;
        return failed
                ? Optional.of(
                        JobEnd.failed(
                                Failure.Reason.DEADLINE,
                                "The deadline passed before the image was restored."))
                : Optional.empty();
    }

    /** Does one phase: shows it, times it, and does not begin it when the job should stop. */
    <T> Step<T> during(Phase phase, Supplier<Step<T>> work) {
        Optional<JobEnd> end = stop().or(this::deadlinePassed);
        if (end.isPresent()) {
            return Step.ended(end.get());
        }
        ticket.enters(phase);
        try (Doing _ = spans.part(phase.name().toLowerCase(Locale.ROOT))) {
            return times.measure(phase, work);
        }
    }
}

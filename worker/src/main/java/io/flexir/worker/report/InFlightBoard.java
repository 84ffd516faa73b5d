package io.flexir.worker.report;

import io.flexir.contracts.fleet.InFlightJob;
import io.flexir.contracts.work.WorkOrder;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What this worker holds, for everybody to see. Written by computing threads, read by heartbeats.
 * Thread-safe.
 */
public final class InFlightBoard {
    private final Set<Ticket> tickets = ConcurrentHashMap.newKeySet();
    private final Runnable onChange;

    /**
     * @param onChange called when an order comes, goes or enters another phase; must return at once
     */
    public InFlightBoard(Runnable onChange) {
        this.onChange = onChange;
    }

    /** Shows an order as waiting, until its ticket is closed. */
    public Ticket open(WorkOrder order) {
        Ticket ticket = new Ticket(order);
        tickets.add(ticket);
        onChange.run();
        return ticket;
    }

    /** Every order that is held now. */
    public List<InFlightJob> jobs() {
        return tickets.stream().map(ticket -> ticket.state).toList();
    }

    /** One order's place on the board. Written by the thread that does the order. */
    public final class Ticket implements AutoCloseable {
        private volatile InFlightJob state;

        private Ticket(WorkOrder order) {
            state =
                    new InFlightJob(
                            order.jobId(), order.attempt(), InFlightJob.Phase.WAITING, 0, 0, 0);
        }

        public void enters(InFlightJob.Phase phase) {
            InFlightJob now = state;
            state =
                    new InFlightJob(
                            now.jobId(),
                            now.attempt(),
                            phase,
                            now.stage(),
                            now.regionsDone(),
                            now.regions());
            onChange.run();
        }

        public void reaches(int stage, int regionsDone, int regions) {
            InFlightJob now = state;
            state =
                    new InFlightJob(
                            now.jobId(), now.attempt(), now.phase(), stage, regionsDone, regions);
        }

        @Override
        public void close() {
            tickets.remove(this);
            onChange.run();
        }
    }
}

package io.flexir.worker.metrics;

import io.flexir.contracts.work.PhaseSeconds;
import io.flexir.contracts.work.Receipt;
import io.flexir.contracts.work.WorkerReport;
import io.flexir.worker.intake.IntakeListener;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import io.prometheus.client.hotspot.DefaultExports;

import java.util.Locale;
import java.util.function.IntSupplier;

/**
 * The worker's metrics. Names and labels are a contract with dashboards: they may be added to, not
 * changed.
 *
 * <table>
 * <caption>Metrics</caption>
 * <tr><td>{@code flexir_worker_reports_total{kind, reason}}</td><td>orders reported, by outcome; reason is empty for restored and cancelled</td></tr>
 * <tr><td>{@code flexir_worker_phase_seconds{phase}}</td><td>histogram: fetch, decode, inference, tiling, encode, store</td></tr>
 * <tr><td>{@code flexir_worker_gigamacs_total{model}}</td><td>multiply-adds executed, in 10^9</td></tr>
 * <tr><td>{@code flexir_worker_joules_total{method}}</td><td>energy drawn for jobs</td></tr>
 * <tr><td>{@code flexir_worker_regions_total{model, pointer}}</td><td>regions by the pointer they ended at</td></tr>
 * <tr><td>{@code flexir_worker_degraded_total}</td><td>restored jobs that a deadline made shallower</td></tr>
 * <tr><td>{@code flexir_worker_input_bytes_total}, {@code flexir_worker_output_bytes_total}</td><td>bytes read and written</td></tr>
 * <tr><td>{@code flexir_worker_deliveries_total}</td><td>orders handed out to this worker</td></tr>
 * <tr><td>{@code flexir_worker_redeliveries_total}</td><td>of these, orders that had been handed out before</td></tr>
 * <tr><td>{@code flexir_worker_receipts_found_total}</td><td>orders whose job was committed already: reported again without computing</td></tr>
 * <tr><td>{@code flexir_worker_handed_back_total}</td><td>orders given back to the broker</td></tr>
 * <tr><td>{@code flexir_worker_dead_letters_total}</td><td>records that were no orders</td></tr>
 * <tr><td>{@code flexir_worker_locks_lost_total}</td><td>orders whose lock was lost while they were worked on</td></tr>
 * <tr><td>{@code flexir_worker_acknowledgements_refused_total}</td><td>last words on orders that the broker did not take</td></tr>
 * <tr><td>{@code flexir_worker_storage_holds_total}</td><td>times that an order was held because the store did not answer</td></tr>
 * <tr><td>{@code flexir_worker_memory_waits_total}</td><td>orders that waited for the memory that other images had</td></tr>
 * <tr><td>{@code flexir_worker_jobs_in_flight}</td><td>orders held now</td></tr>
 * <tr><td>{@code flexir_worker_ready}</td><td>1 when the worker is ready</td></tr>
 * <tr><td>{@code flexir_worker_paused}</td><td>1 while no orders are taken because the store does not answer</td></tr>
 * </table>
 */
public final class WorkerMetrics implements IntakeListener {
    private final CollectorRegistry registry = new CollectorRegistry();

    private final Counter reports =
            counter("reports_total", "Orders reported, by outcome.", "kind", "reason");
    private final Histogram phases =
            Histogram.build("flexir_worker_phase_seconds", "Wall seconds of a job's phases.")
                    .labelNames("phase")
                    .buckets(0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)
                    .register(registry);
    private final Counter gigaMacs =
            counter("gigamacs_total", "Multiply-adds executed, in 10^9.", "model");
    private final Counter joules = counter("joules_total", "Energy drawn for jobs.", "method");
    private final Counter regions =
            counter("regions_total", "Regions by their last pointer.", "model", "pointer");
    private final Counter degraded =
            counter("degraded_total", "Jobs that a deadline made shallower.");
    private final Counter inputBytes =
            counter("input_bytes_total", "Bytes read from the object store.");
    private final Counter outputBytes = counter("output_bytes_total", "Bytes of results written.");
    private final Counter deliveries =
            counter("deliveries_total", "Orders handed out to this worker.");
    private final Counter redeliveries = counter("redeliveries_total", "Orders handed out before.");
    private final Counter receiptsFound =
            counter("receipts_found_total", "Orders whose job was committed already.");
    private final Counter handedBack =
            counter("handed_back_total", "Orders given back to the broker.");
    private final Counter deadLetters =
            counter("dead_letters_total", "Records that were no orders.");
    private final Counter locksLost =
            counter("locks_lost_total", "Locks lost while an order was worked on.");
    private final Counter refused =
            counter("acknowledgements_refused_total", "Last words the broker did not take.");
    private final Counter holds =
            counter("storage_holds_total", "Orders held because the store did not answer.");
    private final Counter memoryWaits =
            counter("memory_waits_total", "Orders that waited for memory of other images.");
    private final Gauge ready =
            Gauge.build("flexir_worker_ready", "1 when the worker is ready.").register(registry);
    private final Gauge paused =
            Gauge.build("flexir_worker_paused", "1 while no orders are taken.").register(registry);

    public WorkerMetrics() {
        DefaultExports.register(registry);
    }

    private Counter counter(String name, String help, String... labels) {
        return Counter.build("flexir_worker_" + name, help).labelNames(labels).register(registry);
    }

    /** Everything that is served at {@code /metrics}. */
    public CollectorRegistry registry() {
        return registry;
    }

    /** Reads the number of orders in flight when somebody asks. */
    public void observeInFlight(IntSupplier jobs) {
        Gauge gauge =
                Gauge.build("flexir_worker_jobs_in_flight", "Orders held now.").register(registry);
        gauge.setChild(
                new Gauge.Child() {
                    @Override
                    public double get() {
                        return jobs.getAsInt();
                    }
                });
    }

    /** An order's end, as the broker has it. */
    public void reported(WorkerReport report) {
        switch (report) {
            case WorkerReport.Restored _ -> reports.labels("restored", "").inc();
            case WorkerReport.Rejected rejected ->
                    reports.labels("rejected", label(rejected.rejection().reason())).inc();
            case WorkerReport.Failed failed ->
                    reports.labels("failed", label(failed.failure().reason())).inc();
            case WorkerReport.Cancelled _ -> reports.labels("cancelled", "").inc();
        }
    }

    private static String label(Enum<?> reason) {
        return reason.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A job that this worker has computed. */
    public void restored(Receipt receipt) {
        PhaseSeconds seconds = receipt.seconds();
        phases.labels("fetch").observe(seconds.fetch());
        phases.labels("decode").observe(seconds.decode());
        phases.labels("inference").observe(seconds.inference());
        phases.labels("tiling").observe(seconds.tiling());
        phases.labels("encode").observe(seconds.encode());
        phases.labels("store").observe(seconds.store());
        gigaMacs.labels(receipt.model()).inc(receipt.gigaMacs());
        joules.labels(receipt.energy().method()).inc(receipt.energy().joules());
        receipt.regions()
                .forEach(
                        region ->
                                regions.labels(receipt.model(), Integer.toString(region.pointer()))
                                        .inc());
        degraded.inc(receipt.degraded() ? 1 : 0);
        inputBytes.inc((double) receipt.bytesIn());
        outputBytes.inc((double) receipt.bytesOut());
    }

    /** A receipt was found, so nothing was computed. */
    public void receiptFound() {
        receiptsFound.inc();
    }

    public void handedBack() {
        handedBack.inc();
    }

    public void storageHold() {
        holds.inc();
    }

    public void memoryWait() {
        memoryWaits.inc();
    }

    public void ready(boolean isReady) {
        ready.set(isReady ? 1 : 0);
    }

    public void paused(boolean holds) {
        paused.set(holds ? 1 : 0);
    }

    @Override
    public void delivered(int count) {
        deliveries.inc();
        redeliveries.inc(count > 1 ? 1 : 0);
    }

    @Override
    public void setAside() {
        deadLetters.inc();
    }

    @Override
    public void lockLost() {
        locksLost.inc();
    }

    @Override
    public void acknowledgementRefused() {
        refused.inc();
    }
}
